// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.report;

import io.sett.examples.ledger.load.LoadListener;
import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar for each phase of a load. */
public final class ProgressDisplay implements LoadListener {
    private static final int COLUMNS = 79;
    private static final int UPDATE_MILLIS = 100;
    private static final long KIB = 1024;

    private final Consumer<String> screen;
    private @Nullable ProgressBar bar;

    ProgressDisplay(Consumer<String> screen) {
        this.screen = screen;
    }

    /** A display on {@code terminal} if the program is attached to one, else one that shows nothing. */
    public static LoadListener on(PrintStream terminal) {
        return isInteractive() ? new ProgressDisplay(text -> {
            // The width is given and the line written here, so that the library need not load native code to ask.
            terminal.print('\r' + text);
            terminal.flush();
        }) : LoadListener.NONE;
    }

    @Override
    public void begins(String name, long bytes) {
        bar = new ProgressBarBuilder().setTaskName(name).setInitialMax(bytes).setUnit(" KiB", KIB)
                .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new DelegatingProgressBarConsumer(screen, COLUMNS)).build();
    }

    @Override
    public void advances(long bytes) {
        if (bar != null) {
            bar.stepBy(bytes);
        }
    }

    @Override
    public void ends() {
        if (bar != null) {
            bar.close();
            bar = null;
            screen.accept(System.lineSeparator());
        }
    }

    /** Since Java 22 there is a console without a terminal, too, and a method to tell. */
    private static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            Method isTerminal = Console.class.getMethod("isTerminal");
            return (Boolean) isTerminal.invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Console.isTerminal is public and throws nothing", e);
        }
    }
}
