// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

/** What a file system promises about names when the power goes. */
public enum CrashModel {
    /** A name that was made, renamed or deleted is sure only when its directory was forced; what POSIX says. */
    STRICT,
    /** Changes of names reach the device in their order, and forcing anything takes all earlier ones along. */
    JOURNALLED
}
