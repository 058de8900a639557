// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

/** A store that can be backed up. */
public interface Backupable {

    /** Its backups; the same object at each call. Without the capability BACKUP every call of it is unsupported. */
    Backups backups();
}
