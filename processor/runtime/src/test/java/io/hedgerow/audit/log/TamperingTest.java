package io.hedgerow.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.audit.log.Problem.Kind;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.verify.LogReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random changes to random logs: each is found, and the first bad entry named. */
class TamperingTest {
    private static final int LOGS = 230;
    private static final int CHANGES_OF_EACH = 44;
    private static final int UNTOUCHED = 10_000;

    private static final long SEED = 20260611;

    private enum Change {
        ALTER,
        REMOVE,
        REPEAT,
        SWAP,
        INSERT,
        CUT,
        CUT_WITH_CHECKPOINTS,
        FORGE,
        REPLAY,
        FOREIGN,
        RANGE
    }

    @Test
    void shouldFindAndNameEveryChangeBelowACheckpoint() {
        Map<Change, Integer> found = new ConcurrentSkipListMap<>();
        IntStream.range(0, LOGS).parallel().forEach(i -> {
            Random random = new Random(SEED + i);
            TestLog log = log(random);
            for (int j = 0; j < CHANGES_OF_EACH; j++) {
                Change change = Change.values()[j % Change.values().length];
                found.merge(change, change(random, log, change), Integer::sum);
            }
            assertThat(log.verify().problems()).as("restored").isEmpty();
        });

        assertThat(found.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(10_000);
        assertThat(found).hasSize(Change.values().length);
    }

    @Test
    void shouldFindNothingInUntouchedLogs() {
        IntStream.range(0, UNTOUCHED).parallel().forEach(i -> {
            Random random = new Random(SEED + i);
            int size = random.nextInt(12);
            TestLog log = TestLog.random(random, size, 1 + random.nextInt(12));

            LogReport report = log.verify();

            assertThat(report.problems()).isEmpty();
            assertThat(report.entries()).isEqualTo(size);
            assertThat(report.unsealed()).isEqualTo(log.checkpoints.isEmpty() ? size : size - log.lastSealed());
        });
    }

    private static TestLog log(Random random) {
        int size = 3 + random.nextInt(30);
        int first = 1 + random.nextInt(size);
        int last = first + random.nextInt(size - first + 1);
        return first == last ? TestLog.random(random, size, first) : TestLog.random(random, size, first, last);
    }

    /** Makes one change, checks what is said of it, and takes it back. */
    private static int change(Random random, TestLog log, Change change) {
        List<byte[]> stored = new ArrayList<>(log.stored);
        List<AuditCheckpoint> checkpoints = new ArrayList<>(log.checkpoints);
        int sealed = (int) log.lastSealed();
        int at = random.nextInt(sealed);
        String held = log.checkpoints.get(log.checkpoints.size() - 1).getNote();
        switch (change) {
            case ALTER -> {
                byte[] altered = stored.get(at).clone();
                int position = random.nextInt(altered.length);
                altered[position] ^= (byte) (1 + random.nextInt(255));
                log.stored.set(at, altered);
                expect(log, change, at, EnumSet.of(Kind.ENTRY_ALTERED), held);
            }
            case REMOVE -> {
                log.stored.remove(at);
                expect(log, change, at, EnumSet.of(Kind.ENTRY_MISSING, Kind.TAIL_CUT), held);
            }
            case REPEAT -> {
                int place = 1 + at + random.nextInt(sealed - at);
                log.stored.add(place, stored.get(at));
                expect(log, change, place, EnumSet.of(Kind.ENTRY_REPEATED), held);
            }
            case SWAP -> {
                int other = random.nextInt(sealed);
                if (at != other) {
                    Collections.swap(log.stored, at, other);
                    Set<Kind> kinds = EnumSet.of(Kind.ENTRY_MOVED, Kind.ENTRY_MISSING, Kind.ENTRY_ALTERED);
                    expect(log, change, Math.min(at, other), kinds, held);
                }
            }
            case INSERT -> {
                TestLog prefix = new TestLog(log.origin());
                stored.subList(0, at).forEach(prefix::append);
                log.stored.add(at, prefix.next(random));
                expect(log, change, at, EnumSet.of(Kind.ENTRY_INSERTED), held);
            }
            case CUT -> {
                log.stored.subList(at, stored.size()).clear();
                expect(log, change, at, EnumSet.of(Kind.TAIL_CUT), held);
            }
            case CUT_WITH_CHECKPOINTS -> {
                log.stored.subList(at, stored.size()).clear();
                log.checkpoints.removeIf(checkpoint ->
                        Checkpoint.parseUnverified(checkpoint.getNote()).size() > at);
                expect(log, change, at, EnumSet.of(Kind.TAIL_CUT), held);
            }
            case FORGE -> {
                int which = random.nextInt(checkpoints.size());
                char[] note = checkpoints.get(which).getNote().toCharArray();
                int position = random.nextInt(note.length);
                note[position] = (char) (note[position] == 'x' ? 'y' : 'x');
                log.checkpoints.set(which, withNote(checkpoints.get(which), new String(note)));
                expect(log, change, -1, EnumSet.of(Kind.CHECKPOINT_FORGED));
            }
            case REPLAY -> {
                AuditCheckpoint again = checkpoints.get(random.nextInt(checkpoints.size()));
                log.checkpoints.add(again);
                long size = Checkpoint.parseUnverified(again.getNote()).size();
                expect(log, change, size, EnumSet.of(Kind.CHECKPOINT_REPLAYED));
            }
            case FOREIGN -> {
                TestLog other = new TestLog(log.origin() + "1");
                stored.subList(0, at + 1).forEach(other::append);
                other.seal();
                log.checkpoints.add(other.checkpoints.get(0));
                expect(log, change, at + 1, EnumSet.of(Kind.CHECKPOINT_FOREIGN));
            }
            case RANGE -> {
                AuditCheckpoint last = checkpoints.get(checkpoints.size() - 1);
                List<String> range = new ArrayList<>(last.getRange());
                range.set(random.nextInt(range.size()), "0".repeat(64));
                AuditCheckpoint altered = new AuditCheckpoint(last.getNote(), range, last.getLastOffset());
                log.checkpoints.set(checkpoints.size() - 1, altered);
                expect(log, change, sealed, EnumSet.of(Kind.CHECKPOINT_ALTERED));
            }
        }
        log.stored.clear();
        log.stored.addAll(stored);
        log.checkpoints.clear();
        log.checkpoints.addAll(checkpoints);
        return 1;
    }

    private static AuditCheckpoint withNote(AuditCheckpoint checkpoint, String note) {
        return new AuditCheckpoint(note, checkpoint.getRange(), checkpoint.getLastOffset());
    }

    private static void expect(TestLog log, Change change, long index, Set<Kind> kinds, String... held) {
        List<Problem> problems = log.verify(held).problems();
        assertThat(problems)
                .as("%s at %d of %d", change, index, log.stored.size())
                .isNotEmpty();
        Problem first = problems.get(0);
        assertThat(first.index())
                .as("%s at %d of %d: %s", change, index, log.stored.size(), problems)
                .isEqualTo(index);
        assertThat(first.kind())
                .as("%s at %d of %d: %s", change, index, log.stored.size(), problems)
                .isIn(kinds);
    }
}
