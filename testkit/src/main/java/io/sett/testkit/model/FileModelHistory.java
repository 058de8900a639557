// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.model;

import io.sett.api.common.Capability;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.file.FileInfo;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStore;
import io.sett.testkit.Bytes;
import io.sett.testkit.EngineHarness;
import io.sett.testkit.StoreFixture;
import io.sett.testkit.Stress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Random histories of a file store: saves, streams, appends, copies, moves, deletes, listings, reopening. */
public final class FileModelHistory {

    private enum Action {
        SAVE, STREAM, ABANDON, APPEND, LOAD, RANGE, DELETE, COPY, MOVE, LIST, WALK, VERIFY, REOPEN
    }

    private record Operation(Action action, int file, int number) {

        private static final List<String> NAMES =
                List.of("a", "b", "c.txt", "d/a", "d/b.txt", "d/e/f", "g/h", "g/i", "ä", "LOCK");

        String name() {
            return NAMES.get(file);
        }

        String other() {
            return NAMES.get(number % NAMES.size());
        }

        byte[] content() {
            return Bytes.pattern(number % 8 == 0 ? 70_000 + number % 100 : number % 50, number);
        }
    }

    private final StoreFixture<FileStore> fixture;
    private final TreeMap<String, byte[]> model = new TreeMap<>();

    private FileModelHistory(StoreFixture<FileStore> fixture) {
        this.fixture = fixture;
    }

    /**
     * Runs histories of random seeds; with {@code -Dsett.seed} only that one.
     *
     * @throws AssertionError with the seed and the reduced history when a store differs from the model
     */
    public static void check(EngineHarness harness, int histories, int operations) {
        for (int i = 0; i < (Stress.isReplay() ? 1 : histories); i++) {
            long seed = Stress.seed();
            RandomHistory.check("the file store of engine '" + harness.provider().id() + "'", seed,
                    history(seed, operations), history -> run(harness, history));
        }
    }

    private static List<Operation> history(long seed, int length) {
        Random random = new Random(seed);
        List<Operation> history = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            history.add(new Operation(Action.values()[random.nextInt(Action.values().length)],
                    random.nextInt(Operation.NAMES.size()), random.nextInt(1 << 20)));
        }
        return history;
    }

    private static Optional<Throwable> run(EngineHarness harness, List<Operation> history) {
        try (StoreFixture<FileStore> fixture = new StoreFixture<>(FileStore.class, harness)) {
            FileModelHistory run = new FileModelHistory(fixture);
            history.forEach(run::step);
            run.walk();
            return Optional.empty();
        } catch (RuntimeException | AssertionError failed) {
            return Optional.of(failed);
        }
    }

    private FileStore files() {
        return fixture.store();
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }

    private void step(Operation operation) {
        String name = operation.name();
        switch (operation.action()) {
            case SAVE -> {
                files().save(name, operation.content());
                model.put(name, operation.content());
            }
            case STREAM, ABANDON, APPEND -> write(operation);
            case DELETE -> {
                require(files().deleteIfExists(name) == (model.remove(name) != null), "deleteIfExists of " + name);
            }
            case COPY, MOVE -> carry(operation);
            case LIST -> {
                List<String> wanted = model.keySet().stream().filter(file -> file.indexOf('/') < 0).toList();
                List<String> found = files().list("", "").stream().map(FileInfo::name).toList();
                require(wanted.equals(found), "list: expected " + wanted + ", got " + found);
            }
            case WALK -> walk();
            case REOPEN -> {
                if (files().supports(Capability.PERSISTENT)) {
                    fixture.reopen();
                }
            }
            default -> read(operation);
        }
    }

    private void write(Operation operation) {
        String name = operation.name();
        if (operation.action() == Action.APPEND) {
            if (files().supports(Capability.APPEND)) {
                byte[] before = model.getOrDefault(name, new byte[0]);
                byte[] after = Arrays.copyOf(before, before.length + operation.content().length);
                System.arraycopy(operation.content(), 0, after, before.length, operation.content().length);
                require(files().append(name, operation.content()).size() == after.length, "size after append");
                model.put(name, after);
            }
        } else if (files().supports(Capability.STREAMS)) {
            try (FileOutput out = files().openWrite(name)) {
                out.write(operation.content());
                if (operation.action() == Action.STREAM) {
                    out.commit();
                    model.put(name, operation.content());
                }
            }
        }
    }

    private void read(Operation operation) {
        byte[] wanted = model.get(operation.name());
        try {
            if (operation.action() == Action.VERIFY) {
                files().verify(operation.name());
            } else if (operation.action() == Action.RANGE && files().supports(Capability.RANGE_READ)) {
                byte[] part = files().load(operation.name(), operation.number() % 100, 1000);
                require(wanted != null && Arrays.equals(part, range(wanted, operation.number() % 100)), "range");
            } else {
                byte[] found = files().load(operation.name());
                require(wanted != null && Arrays.equals(found, wanted), "content of " + operation.name());
            }
            require(wanted != null, operation.name() + " should be absent");
        } catch (KeyNotFoundException absent) {
            require(wanted == null, operation.name() + " is absent: " + absent.getMessage());
        }
    }

    private static byte[] range(byte[] whole, int from) {
        return from >= whole.length ? new byte[0]
                : Arrays.copyOfRange(whole, from, Math.min(whole.length, from + 1000));
    }

    private void carry(Operation operation) {
        String source = operation.name();
        String target = operation.other();
        boolean overwrite = operation.number() % 3 > 0;
        boolean move = operation.action() == Action.MOVE;
        if (source.equals(target) && !move) {
            return;
        }
        boolean allowed = model.containsKey(source)
                && (overwrite || !model.containsKey(target) || source.equals(target));
        try {
            FileInfo info = move ? files().move(source, target, overwrite) : files().copy(source, target, overwrite);
            require(allowed, operation + " should have been refused");
            require(info.name().equals(target), "name after " + operation);
            byte[] content = move ? model.remove(source) : model.get(source);
            model.put(target, content);
        } catch (KeyNotFoundException | InvalidOperationException refused) {
            require(!allowed, operation + " was refused: " + refused.getMessage());
        }
    }

    private void walk() {
        List<String> found;
        try (Stream<FileInfo> all = files().walk("", "")) {
            found = all.map(info -> info.name() + ":" + info.size()).sorted().toList();
        }
        List<String> wanted =
                model.entrySet().stream().map(file -> file.getKey() + ":" + file.getValue().length).sorted().toList();
        require(wanted.equals(found), "walk: expected " + wanted + ", got " + found);
        model.forEach((name, content) -> require(Arrays.equals(files().load(name), content), "content of " + name));
    }
}
