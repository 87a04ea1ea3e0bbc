package io.hedgerow.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.Agreement;
import io.hedgerow.AuditEntry;
import io.hedgerow.AuditStatus;
import io.hedgerow.AuditedExplanation;
import io.hedgerow.ExplainedImage;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Explanation;
import io.hedgerow.Method;
import io.hedgerow.Precision;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionCheck;
import io.hedgerow.RecordInput;
import io.hedgerow.Timings;
import io.hedgerow.audit.log.Problem;
import io.hedgerow.audit.log.Problem.Kind;
import io.hedgerow.serde.RegistrySerde;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final RegistrySerde<Explanation> EXPLANATIONS =
            RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", "mock://account"));

    private final List<Problem> problems = new ArrayList<>();
    private final Account account = new Account("c/a/in/0", 0.01f, true, problems::add);

    @Test
    void shouldBeContentWithARecordForEachEntryAndAnEntryForEachRecord() throws Exception {
        account.accept(explained(0, 5, null));
        account.accept(entry(1, 7, 5L));
        account.input(4);
        account.input(5);
        account.input(7);
        account.input(8);
        account.inputEnds(0, false);
        account.explanation(30, value(5, "written"), EXPLANATIONS.deserializer());

        assertThat(problems).isEmpty();
        assertThat(account.erased()).isZero();
        assertThat(account.pending()).isEqualTo(1);
        assertThat(account.statuses()).containsEntry(AuditStatus.EXPLAINED, 1L).containsEntry(AuditStatus.FAILED, 1L);
    }

    @Test
    void shouldMissTheEntryOfAnInputRecord() {
        account.accept(entry(0, 0, null));
        account.accept(entry(1, 2, 0L));
        for (long offset : new long[] {0, 1, 2}) {
            account.input(offset);
        }
        account.inputEnds(0, false);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.INPUT_UNACCOUNTED);
            assertThat(problem.message()).contains("offset 1 ");
        });
    }

    @Test
    void shouldMissTheInputRecordOfAnEntryUnlessItMayHaveExpired() {
        account.accept(entry(0, 0, null));
        account.accept(entry(1, 1, 0L));
        account.accept(entry(2, 2, 1L));
        account.input(2);
        account.inputEnds(1, false);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.INPUT_UNKNOWN);
            assertThat(problem.message()).contains("offset 1,");
        });
    }

    @Test
    void shouldCountInputRecordsThatWereCompactedAwayWithoutCallingThemAProblem() {
        account.accept(entry(0, 0, null));
        account.accept(entry(1, 1, 0L));
        account.accept(entry(2, 2, 1L));
        account.input(2);
        account.inputEnds(1, true);

        assertThat(problems).isEmpty();
        assertThat(account.compacted()).isEqualTo(1);
    }

    @Test
    void shouldCountWhatExpiredUnread() {
        account.accept(entry(0, 0, null));
        AuditEntry expired = entry(1, 1, 0L);
        expired.setStatus(AuditStatus.EXPIRED);
        expired.setExpiredTo(11L);
        account.accept(expired);
        account.accept(entry(2, 11, 10L));
        account.input(11);
        account.inputEnds(11, false);

        assertThat(problems).isEmpty();
        assertThat(account.expired()).isEqualTo(10);
    }

    @Test
    void shouldNameTheEntryWhoseExplanationWasRewritten() throws Exception {
        account.accept(explained(0, 5, null));
        account.explanation(9, value(5, "rewritten"), EXPLANATIONS.deserializer());

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.EXPLANATION_REWRITTEN);
            assertThat(problem.index()).isZero();
        });
        assertThat(account.erased()).isZero();
    }

    @Test
    void shouldFindExplanationsThatNoEntrySpeaksOf() throws Exception {
        account.accept(entry(0, 5, null));
        account.explanation(9, value(5, "invented"), EXPLANATIONS.deserializer());
        account.explanation(10, new byte[] {1, 2, 3}, EXPLANATIONS.deserializer());

        assertThat(problems)
                .extracting(Problem::kind)
                .containsExactly(Kind.EXPLANATION_UNKNOWN, Kind.EXPLANATION_UNKNOWN);
    }

    @Test
    void shouldFindRewrittenExplanationsThatClaimAnInputBeyondTheLog() throws Exception {
        account.accept(explained(0, 5, null));
        account.accept(explained(1, 6, 5L));
        account.accept(explained(2, 7, 6L));
        account.explanation(0, value(1, "before the log began"), EXPLANATIONS.deserializer());
        account.explanation(1, value(5, "written"), EXPLANATIONS.deserializer());
        account.explanation(2, value(99, "in the place of that of 6"), EXPLANATIONS.deserializer());
        account.explanation(3, value(7, "written"), EXPLANATIONS.deserializer());
        account.explanation(4, value(2, "out of order"), EXPLANATIONS.deserializer());

        assertThat(problems)
                .extracting(Problem::kind)
                .containsExactly(Kind.EXPLANATION_UNKNOWN, Kind.EXPLANATION_UNKNOWN);
        assertThat(problems.get(0).message()).contains("at offset 2,");
        assertThat(problems.get(1).message()).contains("at offset 4,");
    }

    @Test
    void shouldReportErasedExplanationsWithoutCallingThemAProblem() throws Exception {
        account.accept(explained(0, 5, null));
        account.explanation(9, null, EXPLANATIONS.deserializer());

        assertThat(problems).isEmpty();
        assertThat(account.erased()).isEqualTo(1);
    }

    @Test
    void shouldFindReplaysThatDifferAndDifferencesThatDoNotAddUp() {
        AuditEntry far = replayed(0, 0.9f, 0.8f);
        account.accept(far);
        AuditEntry lying = replayed(1, 0.9f, 0.8f);
        lying.setPreviousOffset(0L);
        lying.setScoreDifference(0f);
        account.accept(lying);
        AuditEntry near = replayed(2, 0.9f, 0.905f);
        near.setPreviousOffset(1L);
        account.accept(near);

        assertThat(problems).extracting(Problem::kind).containsExactly(Kind.ENTRY_INCONSISTENT);
        assertThat(problems).extracting(Problem::index).containsExactly(1L);
        assertThat(account.replays().compared()).isEqualTo(3);
        assertThat(account.replays().different()).isEqualTo(1);
        assertThat(account.replays().examples()).singleElement().asString().startsWith("entry 0: class");
        assertThat(account.replays().looksLikeAnotherDecoder()).isFalse();
    }

    @Test
    void shouldTellManySmallDifferencesFromOtherPredictions() {
        Account drifting = new Account("origin", 0.01f, false, problems::add);
        Account altogether = new Account("origin", 0.01f, false, problems::add);
        for (int i = 0; i < 40; i++) {
            drifting.accept(following(i, replayed(i, 0.9f, 0.9f + (i % 5 - 2) * 0.008f)));
            altogether.accept(following(i, replayed(i, 0.9f, i % 3 == 0 ? 0.9f : 0.2f)));
        }

        assertThat(drifting.replays().different()).isEqualTo(16);
        assertThat(drifting.replays().looksLikeAnotherDecoder()).isTrue();
        assertThat(altogether.replays().different()).isEqualTo(26);
        assertThat(altogether.replays().looksLikeAnotherDecoder()).isFalse();
    }

    private static AuditEntry following(int index, AuditEntry entry) {
        entry.setPreviousOffset(index == 0 ? null : (long) index - 1);
        return entry;
    }

    @Test
    void shouldFindEntriesThatContradictTheOneBefore() {
        account.accept(entry(0, 0, null));
        account.accept(entry(1, 5, 3L));

        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.kind())
                .isEqualTo(Kind.ENTRY_INCONSISTENT));
    }

    private static AuditEntry entry(long index, long offset, Long previous) {
        AuditEntry entry = new AuditEntry();
        entry.setIndex(index);
        entry.setStatus(AuditStatus.FAILED);
        entry.setReason("malformed");
        entry.setInputs(List.of(new RecordInput("in", 0, offset)));
        entry.setPreviousOffset(previous);
        return entry;
    }

    private static AuditEntry explained(long index, long offset, Long previous) throws Exception {
        byte[] value = value(offset, "written");
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        AuditEntry entry = entry(index, offset, previous);
        entry.setStatus(AuditStatus.EXPLAINED);
        entry.setExplanation(new AuditedExplanation(sha256, value.length, List.of()));
        return entry;
    }

    private static AuditEntry replayed(long index, float logged, float replayed) {
        AuditEntry entry = entry(index, index, null);
        entry.setLogged(new Prediction(1, "", logged));
        entry.setReplayed(new Prediction(1, "", replayed));
        entry.setScoreDifference(replayed - logged);
        entry.setAgreement(Agreement.AGREES);
        return entry;
    }

    /** Any byte of any explanation but the first, which might be made to look like one from before the log. */
    @Test
    void shouldFindEveryRewrittenExplanation() throws Exception {
        Random random = new Random(5);
        int size = 6;
        for (int change = 0; change < 1000; change++) {
            problems.clear();
            Account rewritten = new Account("c/a/in/0", 0.01f, true, problems::add);
            List<byte[]> values = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                rewritten.accept(explained(i, 10 + i, i == 0 ? null : 9L + i));
                values.add(value(10 + i, "written"));
            }
            int at = 1 + random.nextInt(size - 1);
            values.get(at)[random.nextInt(values.get(at).length)] ^= (byte) (1 + random.nextInt(255));
            for (int i = 0; i < size; i++) {
                rewritten.explanation(i, values.get(i), EXPLANATIONS.deserializer());
            }

            assertThat(problems).as("change %d", change).isNotEmpty().allSatisfy(problem -> assertThat(problem.kind())
                    .isIn(Kind.EXPLANATION_REWRITTEN, Kind.EXPLANATION_UNKNOWN));
            assertThat(problems.get(0).message()).contains("offset " + at);
        }
    }

    private static byte[] value(long offset, String device) {
        Explanation explanation = Explanation.newBuilder()
                .setEventId("e")
                .setTime(Instant.ofEpochMilli(0))
                .setModel(new ExplainedModel("m", "", "0"))
                .setImage(new ExplainedImage("0", 1, 1, null))
                .setPrediction(new PredictionCheck(null, new Prediction(0, "", 1f), null, Agreement.NOT_LOGGED))
                .setClasses(List.of())
                .setLeftOut(List.of())
                .setMethod(new Method("m", "1", 2f, "l", Precision.FLOAT32, Map.of()))
                .setTimings(new Timings(0L, 0L, 0L, 1))
                .setDevice(device)
                .setInputs(List.of(new RecordInput("in", 0, offset)))
                .build();
        return EXPLANATIONS.serializer().serialize("explanations", explanation);
    }
}
