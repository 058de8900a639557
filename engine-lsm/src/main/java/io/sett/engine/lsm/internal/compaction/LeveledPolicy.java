// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Levelled compaction. Level 0 is urgent by its number of tables, each other level by its size over its target; a level
 * whose next one is even fuller becomes less urgent (the adjusted score, as in Pebble and Badger). When no level is
 * urgent, tables full of deletions are compacted for the sake of the space.
 */
public final class LeveledPolicy implements CompactionPolicy {

    private static final int LAST = Version.LEVELS - 1;
    /** A compaction within level 0 is worth it only for this many tables. */
    private static final int MIN_WITHIN_LEVEL0 = 4;
    /** A compaction downwards takes neighbours in until it reads this many tables' worth of bytes. */
    private static final int MAX_TABLES_WORTH = 25;
    private static final double LEAST_SCORE = 0.01;

    private final CompactionOptions options;

    /** With that shape of levels. */
    public LeveledPolicy(CompactionOptions options) {
        this.options = options;
    }

    /** A level and its urgency. */
    private record Urgency(int level, double score, double adjusted) {
    }

    @Override
    public double[] scores(Version version, InFlight inFlight) {
        LevelTargets targets = LevelTargets.of(version, options);
        double[] scores = new double[Version.LEVELS];
        scores[0] = (double) version.state(0).files() / options.level0Tables();
        for (int level = 1; level < Version.LEVELS; level++) {
            long bytes = version.state(level).bytes() - inFlight.leavingBytes(level);
            scores[level] = (double) bytes / targets.sizes()[level];
        }
        return scores;
    }

    /** The levels with something to do, most urgent first. The last level has nowhere to go. */
    private List<Urgency> urgencies(Version version, InFlight inFlight, LevelTargets targets) {
        double[] scores = scores(version, inFlight);
        double[] adjusted = scores.clone();
        int before = 0;
        for (int level = targets.baseLevel(); level < Version.LEVELS; level++) {
            if (adjusted[before] >= 1) {
                adjusted[before] /= Math.max(LEAST_SCORE, adjusted[level]);
            }
            before = level;
        }
        List<Urgency> urgent = new ArrayList<>();
        for (int level = 0; level < LAST; level++) {
            if (scores[level] >= 1) {
                urgent.add(new Urgency(level, scores[level], adjusted[level]));
            }
        }
        urgent.sort(Comparator.comparingDouble(Urgency::adjusted).reversed());
        return urgent;
    }

    @Override
    public Optional<Compaction> pick(Version version, InFlight inFlight, long oldestReader) {
        LevelTargets targets = LevelTargets.of(version, options);
        for (Urgency urgency : urgencies(version, inFlight, targets)) {
            String reason = String.format(Locale.ROOT, "score %.2f, adjusted %.2f", urgency.score,
                    urgency.adjusted);
            Optional<Compaction> found = urgency.level == 0 ? pickLevel0(version, inFlight, targets, reason)
                    : pickDown(version, inFlight, targets, urgency.level, reason);
            if (found.isPresent()) {
                return found;
            }
        }
        return pickTombstones(version, inFlight, targets, oldestReader);
    }

    private Optional<Compaction> pickLevel0(Version version, InFlight inFlight, LevelTargets targets, String reason) {
        Optional<Compaction> down = level0ToBase(version, inFlight, targets, reason);
        return down.isPresent() ? down : withinLevel0(version, inFlight, reason);
    }

    /**
     * All of level 0 at once: a part of it could leave older tables with the same keys above newer data.
     */
    private Optional<Compaction> level0ToBase(Version version, InFlight inFlight, LevelTargets targets, String reason) {
        List<FileMetadata> inputs = version.files(0);
        if (inputs.isEmpty() || inFlight.isAnyBusy(inputs)) {
            return Optional.empty();
        }
        int target = level0Target(version, inFlight, targets);
        return Optional.of(compaction(Compaction.Kind.LEVEL0_TO_BASE, version, inputs, 0, target, targets, reason))
                .filter(inFlight::allows);
    }

    /**
     * The newest tables of level 0 up to the first busy one, or one larger than all of them together, which would be
     * rewritten for little: neighbours in age, so that the result keeps its place.
     */
    private Optional<Compaction> withinLevel0(Version version, InFlight inFlight, String reason) {
        List<FileMetadata> inputs = new ArrayList<>();
        long bytes = 0;
        for (FileMetadata file : version.files(0)) {
            if (inFlight.isBusy(file) || inputs.size() >= MIN_WITHIN_LEVEL0 && file.size() > bytes) {
                break;
            }
            inputs.add(file);
            bytes += file.size();
        }
        if (inputs.size() < MIN_WITHIN_LEVEL0) {
            return Optional.empty();
        }
        return Optional.of(new Compaction(Compaction.Kind.WITHIN_LEVEL0, 0, 0, inputs, List.of(), Long.MAX_VALUE,
                reason)).filter(inFlight::allows);
    }

    /** The table that drags the fewest bytes of the next level with it, and neighbours while that stays cheap. */
    private Optional<Compaction> pickDown(Version version, InFlight inFlight, LevelTargets targets, int level,
            String reason) {
        List<FileMetadata> files = version.files(level);
        List<FileMetadata> below = version.files(level + 1);
        List<FileMetadata> candidates = new ArrayList<>(files);
        candidates.removeIf(inFlight::isBusy);
        candidates.sort(Comparator.comparingDouble((FileMetadata file) -> dragged(file, below))
                .thenComparingLong(FileMetadata::maxVersion).thenComparingLong(FileMetadata::id));
        for (FileMetadata seed : candidates) {
            Compaction single = compaction(Compaction.Kind.DOWN, version, List.of(seed), level, level + 1, targets,
                    reason);
            if (inFlight.allows(single)) {
                return Optional.of(asMove(widen(version, inFlight, targets, single)));
            }
        }
        return Optional.empty();
    }

    private static double dragged(FileMetadata file, List<FileMetadata> below) {
        long bytes = 0;
        for (FileMetadata other : new KeySpan(file.smallest(), file.largest()).overlapping(below)) {
            bytes += other.size();
        }
        return (double) bytes / Math.max(1, file.size());
    }

    private Compaction widen(Version version, InFlight inFlight, LevelTargets targets, Compaction single) {
        if (single.overlapped().isEmpty()) {
            return single;
        }
        List<FileMetadata> files = version.files(single.inputLevel());
        int at = files.indexOf(single.inputs().get(0));
        Compaction best = single;
        long limit = MAX_TABLES_WORTH * targets.tableSizes()[single.outputLevel()];
        for (int to = at + 2; to <= files.size(); to++) {
            Compaction wider = compaction(Compaction.Kind.DOWN, version, files.subList(at, to), single.inputLevel(),
                    single.outputLevel(), targets, single.reason());
            boolean cheap = wider.overlapped().size() == single.overlapped().size()
                    && wider.inputBytes() <= Math.max(limit, single.inputBytes());
            if (!cheap || !inFlight.allows(wider)) {
                break;
            }
            best = wider;
        }
        return best;
    }

    private static Compaction asMove(Compaction compaction) {
        if (!compaction.overlapped().isEmpty()) {
            return compaction;
        }
        return new Compaction(Compaction.Kind.MOVE, compaction.inputLevel(), compaction.outputLevel(),
                compaction.inputs(), List.of(), compaction.targetSize(), compaction.reason());
    }

    /**
     * Tables that are mostly deletions, all of which may be dropped: where nothing lies below they are rewritten in
     * place, elsewhere pushed one level down. Either way there is an end: a table without deletions, or a deeper level.
     */
    private Optional<Compaction> pickTombstones(Version version, InFlight inFlight, LevelTargets targets,
            long oldestReader) {
        for (int level = LAST; level >= 0; level--) {
            for (FileMetadata file : version.files(level)) {
                boolean many = file.tombstones() > 0
                        && file.tombstones() >= options.tombstoneShare() * file.entries();
                boolean worthIt = (many || file.rangeDeletions() > 0) && file.maxVersion() <= oldestReader;
                if (!worthIt || inFlight.isBusy(file)) {
                    continue;
                }
                Optional<Compaction> found = level == 0 ? level0ToBase(version, inFlight, targets, "deletions")
                        : pushTombstones(version, inFlight, targets, level, file);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Compaction> pushTombstones(Version version, InFlight inFlight, LevelTargets targets, int level,
            FileMetadata file) {
        KeySpan span = new KeySpan(file.smallest(), file.largest());
        boolean deeper = false;
        for (int below = level + 1; below < Version.LEVELS; below++) {
            deeper |= !span.overlapping(version.files(below)).isEmpty();
        }
        if (!deeper) {
            return Optional.of(inPlace(List.of(file), level, targets, "deletions")).filter(inFlight::allows);
        }
        return Optional.of(asMove(compaction(Compaction.Kind.DOWN, version, List.of(file), level, level + 1, targets,
                "deletions"))).filter(inFlight::allows);
    }

    /** The base level, or a level above it that still has, or is about to get, data from the time of another base. */
    private static int level0Target(Version version, InFlight inFlight, LevelTargets targets) {
        int target = targets.baseLevel();
        for (int level = 1; level < targets.baseLevel(); level++) {
            if (version.state(level).files() > 0) {
                target = level;
                break;
            }
        }
        for (Compaction running : inFlight.running()) {
            if (running.outputLevel() > 0) {
                target = Math.min(target, running.outputLevel());
            }
        }
        return target;
    }

    private static Compaction inPlace(List<FileMetadata> files, int level, LevelTargets targets, String reason) {
        return new Compaction(Compaction.Kind.IN_PLACE, level, level, files, List.of(), targets.tableSizes()[level],
                reason);
    }

    private static Compaction compaction(Compaction.Kind kind, Version version, List<FileMetadata> inputs, int from,
            int to, LevelTargets targets, String reason) {
        List<FileMetadata> overlapped = KeySpan.of(inputs).overlapping(version.files(to));
        return new Compaction(kind, from, to, inputs, overlapped, targets.tableSizes()[to], reason);
    }

    @Override
    public ManualStep pickManual(Version version, InFlight inFlight, KeyLimits range, Set<Long> old,
            long beganAt) {
        LevelTargets targets = LevelTargets.of(version, options);
        int deepest = 0;
        for (int level = 0; level < Version.LEVELS; level++) {
            if (!within(version.files(level), range).isEmpty()) {
                deepest = level;
            }
        }
        for (int level = 0; level < deepest || level == 0; level++) {
            List<FileMetadata> files = within(version.files(level), range);
            files.removeIf(file -> file.minVersion() > beganAt);
            if (!files.isEmpty()) {
                return step(manualDown(version, inFlight, targets, level, files), inFlight);
            }
        }
        List<FileMetadata> last = within(version.files(deepest), range);
        last.removeIf(file -> !old.contains(file.id()));
        if (deepest == 0 || last.isEmpty()) {
            return new ManualStep(Optional.empty(), true);
        }
        return step(inPlace(last.subList(0, 1), deepest, targets, "manual"), inFlight);
    }

    private static Compaction manualDown(Version version, InFlight inFlight, LevelTargets targets, int level,
            List<FileMetadata> files) {
        if (level > 0) {
            return compaction(Compaction.Kind.DOWN, version, files, level, level + 1, targets, "manual");
        }
        int target = level0Target(version, inFlight, targets);
        return compaction(Compaction.Kind.LEVEL0_TO_BASE, version, version.files(0), 0, target, targets, "manual");
    }

    private static ManualStep step(Compaction compaction, InFlight inFlight) {
        return new ManualStep(Optional.of(compaction).filter(inFlight::allows), false);
    }

    private static List<FileMetadata> within(List<FileMetadata> files, KeyLimits range) {
        List<FileMetadata> found = new ArrayList<>();
        for (FileMetadata file : files) {
            if (range.overlaps(file)) {
                found.add(file);
            }
        }
        return found;
    }
}
