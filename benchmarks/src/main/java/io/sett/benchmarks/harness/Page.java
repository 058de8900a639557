// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of text with generated sections: what lies between two comments is written anew, the rest stays. */
public final class Page {

    private final Path file;

    /** The page in this file. */
    public Page(Path file) {
        this.file = file;
    }

    /** Replaces the section of that name: {@code <!-- generated NAME -->} … {@code <!-- end -->}. */
    public void replace(String name, String text) throws IOException {
        String page = Files.readString(file);
        String head = "<!-- generated " + name + " -->";
        int from = page.indexOf(head);
        int to = from < 0 ? -1 : page.indexOf("<!-- end -->", from);
        if (to < 0) {
            throw new IOException(file + " has no section \"" + head + "\" … \"<!-- end -->\"");
        }
        Files.writeString(file, page.substring(0, from + head.length()) + "\n\n" + text.strip() + "\n\n"
                + page.substring(to));
    }
}
