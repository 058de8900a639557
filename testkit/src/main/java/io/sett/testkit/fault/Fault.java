// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** How a call fails; the texts are those of the JDK on Linux. */
public enum Fault {
    /** The device failed. */
    EIO("Input/output error"),
    /** The disk is full. */
    ENOSPC("No space left on device");

    private final String text;

    Fault(String text) {
        this.text = text;
    }

    /** The exception of a call on an open file. */
    public IOException exception() {
        return new IOException(text);
    }

    /** The exception of a call on a name. */
    public FileSystemException exception(String file) {
        return new FileSystemException(file, null, text);
    }
}
