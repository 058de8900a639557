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
 * urgent, tables are compacted for the sake of the space ({@link GarbagePolicy}).
 */
public final class LeveledPolicy implements CompactionPolicy {

    private static final int LAST = Version.LEVELS - 1;
    /** A compaction within level 0 is worth it only for this many tables. */
    private static final int MIN_WITHIN_LEVEL0 = 4;
    /** A compaction downwards takes neighbours in until it reads this many tables' worth of bytes. */
    private static final int MAX_TABLES_WORTH = 25;
    private static final double LEAST_SCORE = 0.01;

    private final CompactionOptions options;
    private final GarbagePolicy garbage;

    /** With that shape of levels. */
    public LeveledPolicy(CompactionOptions options) {
        this.options = options;
        this.garbage = new GarbagePolicy(options);
    }

    /** A level and its urgency. */
    record Urgency(int level, double score, double adjusted) {
    }

    @Override
    public double[] scores(Version version, InFlight inFlight) {
        return scores(Situation.of(version, inFlight, options));
    }

    private double[] scores(Situation situation) {
        double[] scores = new double[Version.LEVELS];
        scores[0] = (double) situation.version().state(0).files() / options.level0Tables();
        for (int level = 1; level < Version.LEVELS; level++) {
            long bytes = situation.version().state(level).bytes() - situation.inFlight().leavingBytes(level);
            scores[level] = (double) bytes / situation.targets().sizes()[level];
        }
        return scores;
    }

    @Override
    public long pendingBytes(Version version) {
        LevelTargets targets = LevelTargets.of(version, options);
        boolean level0 = version.state(0).files() >= options.level0Tables();
        long pending = level0 ? version.state(0).bytes() : 0;
        for (int level = 1; level < LAST; level++) {
            pending += Math.max(0, version.state(level).bytes() - targets.sizes()[level]);
        }
        return pending;
    }

    /** The levels with something to do, most urgent first. The last level has nowhere to go. */
    List<Urgency> urgencies(Situation situation) {
        double[] scores = scores(situation);
        double[] adjusted = scores.clone();
        int before = 0;
        for (int level = situation.targets().baseLevel(); level < Version.LEVELS; level++) {
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
    public Optional<Compaction> pick(Version version, InFlight inFlight, Horizon horizon) {
        Situation situation = Situation.of(version, inFlight, options);
        for (Urgency urgency : urgencies(situation)) {
            String reason = String.format(Locale.ROOT, "score %.2f, adjusted %.2f", urgency.score,
                    urgency.adjusted);
            Optional<Compaction> found = urgency.level == 0 ? pickLevel0(situation, reason)
                    : pickDown(situation, urgency.level, reason);
            if (found.isPresent()) {
                return found;
            }
        }
        Optional<Compaction> cleaning = garbage.pickGarbage(situation, horizon);
        return cleaning.isPresent() ? cleaning : garbage.pickSmall(situation);
    }

    private static Optional<Compaction> pickLevel0(Situation situation, String reason) {
        Optional<Compaction> down = situation.level0ToBase(reason).map(situation::asMove);
        return down.isPresent() ? down : withinLevel0(situation, reason);
    }

    /**
     * The newest tables of level 0 up to the first busy one, or one larger than all of them together, which would be
     * rewritten for little: neighbours in age, so that the result keeps its place.
     */
    private static Optional<Compaction> withinLevel0(Situation situation, String reason) {
        List<FileMetadata> inputs = new ArrayList<>();
        long bytes = 0;
        for (FileMetadata file : situation.version().files(0)) {
            if (situation.inFlight().isBusy(file) || inputs.size() >= MIN_WITHIN_LEVEL0 && file.size() > bytes) {
                break;
            }
            inputs.add(file);
            bytes += file.size();
        }
        if (inputs.size() < MIN_WITHIN_LEVEL0) {
            return Optional.empty();
        }
        return Optional.of(new Compaction(Compaction.Kind.WITHIN_LEVEL0, 0, 0, inputs, List.of(), Long.MAX_VALUE,
                reason)).filter(situation.inFlight()::allows);
    }

    /** The table that drags the fewest bytes of the next level with it, and neighbours while that stays cheap. */
    private static Optional<Compaction> pickDown(Situation situation, int level, String reason) {
        List<FileMetadata> below = situation.version().files(level + 1);
        List<FileMetadata> candidates = new ArrayList<>(situation.version().files(level));
        candidates.removeIf(situation.inFlight()::isBusy);
        candidates.sort(Comparator.comparingDouble((FileMetadata file) -> dragged(file, below))
                .thenComparingLong(FileMetadata::maxVersion).thenComparingLong(FileMetadata::id));
        for (FileMetadata seed : candidates) {
            Compaction single = situation.down(List.of(seed), level, reason);
            if (situation.inFlight().allows(single)) {
                return Optional.of(situation.asMove(widen(situation, single)));
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

    private static Compaction widen(Situation situation, Compaction single) {
        if (single.overlapped().isEmpty()) {
            return single;
        }
        List<FileMetadata> files = situation.version().files(single.inputLevel());
        int at = files.indexOf(single.inputs().get(0));
        Compaction best = single;
        long limit = MAX_TABLES_WORTH * single.targetSize();
        for (int to = at + 2; to <= files.size(); to++) {
            Compaction wider = situation.down(files.subList(at, to), single.inputLevel(), single.reason());
            boolean cheap = wider.overlapped().size() == single.overlapped().size()
                    && wider.inputBytes() <= Math.max(limit, single.inputBytes());
            if (!cheap || !situation.inFlight().allows(wider)) {
                break;
            }
            best = wider;
        }
        return best;
    }

    @Override
    public ManualStep pickManual(Version version, InFlight inFlight, KeyLimits range, Set<Long> old, long beganAt) {
        return ManualPolicy.next(Situation.of(version, inFlight, options), range, old, beganAt);
    }
}
