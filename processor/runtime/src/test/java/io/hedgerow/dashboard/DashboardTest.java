package io.hedgerow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.Alert;
import io.hedgerow.AlertState;
import io.hedgerow.ExplainedModel;
import io.hedgerow.LearnedReference;
import io.hedgerow.Profile;
import io.hedgerow.RecordInput;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.ReferenceOrigin;
import io.hedgerow.Severity;
import io.hedgerow.Verdict;
import io.hedgerow.VerdictKind;
import io.hedgerow.monitor.profile.Bins;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DashboardTest {
    private static final String HOSTILE = "<script>alert(1)</script>\u202e\u0007\"'" + "ö".repeat(10_000);
    private static final byte[] NO_PICTURE = {1, 2, 3};

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final DashboardRig rig;

    DashboardTest() throws Exception {
        rig = new DashboardRig();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void shouldSayThatNothingHasComeYet() throws Exception {
        JsonNode state = rig.json("/api/state");

        assertThat(state.at("/verdict/level").asText()).isEqualTo("unknown");
        assertThat(state.at("/verdict/sentence").asText()).startsWith("No events yet");
        assertThat(state.path("models")).isEmpty();
        assertThat(state.path("monitor").asText()).isEqualTo("on");
        assertThat(state.path("write").asBoolean()).isTrue();
        assertThat(state.path("version").asText()).isEqualTo("1.2.3");
    }

    @Test
    void shouldSayWhyNobodyWatches() throws Exception {
        rig.off = "monitor.enabled is false";

        JsonNode state = rig.json("/api/state");
        assertThat(state.path("monitorReason").asText()).isEqualTo("monitor.enabled is false");
        assertThat(state.at("/verdict/sentence").asText()).contains("monitoring is off (monitor.enabled is false)");
    }

    @Test
    void shouldCountWhatIsLearned() throws Exception {
        rig.add(Records.learning(now.minusSeconds(20), 100, 100));

        JsonNode state = until("/verdict/level", "learning");
        assertThat(state.at("/verdict/sentence").asText())
                .isEqualTo(
                        "Learning how surface 1 looks while all is well: 100 of 300 explanations, about 19 s to go.");
        assertThat(state.at("/models/0/reference/have").asLong()).isEqualTo(100);
        assertThat(state.at("/models/0/reference/readyInSeconds").asLong()).isEqualTo(19);
    }

    @Test
    void shouldSayThatNothingIsWrong() throws Exception {
        rig.add(Records.reference(-1, "", now.minusSeconds(300)));
        rig.add(Records.profile(-1, "", now.minusSeconds(20), 100, 2));

        JsonNode state = until("/verdict/level", "ok");
        assertThat(state.at("/verdict/sentence").asText())
                .isEqualTo("Nothing is wrong: surface 1 looks where it used to.");
        assertThat(state.at("/verdict/since").asLong())
                .isEqualTo(now.minusSeconds(300).toEpochMilli());
    }

    @Test
    void shouldSayWhatIsWrongGravestFirst() throws Exception {
        rig.add(Records.profile(-1, "", now.minusSeconds(20), 100, 2));
        rig.add(Records.alert("a1", "dent", Severity.WARNING, AlertState.OPENED, now.minusSeconds(60)));
        rig.add(Records.alert("a2", "stain", Severity.CRITICAL, AlertState.UPDATED, now.minusSeconds(30)));
        rig.add(Records.alert("a3", "ok", Severity.CRITICAL, AlertState.CLOSED, now.minusSeconds(90)));

        JsonNode state = until("/alerts/2/id", "a3");
        assertThat(state.at("/verdict/level").asText()).isEqualTo("critical");
        assertThat(state.at("/verdict/sentence").asText())
                .isEqualTo(
                        "surface 1 looks at other places: evidence along the border rose from 10 % to 50 % of what speaks"
                                + " for stain (and 1 more open).");
        assertThat(state.at("/alerts/0/id").asText()).isEqualTo("a2");
        assertThat(state.at("/alerts/0/commands/shortcut").asText())
                .isEqualTo("hedgerow alerts --config hedgerow.yaml --alert 'a2' --verdict shortcut");
        assertThat(state.at("/alerts/0/meanMap/values")).hasSize(Records.CELLS);
        assertThat(rig.get(state.at("/alerts/0/examples/0/thumbnail").asText()).body())
                .isEqualTo(new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2, 3});
    }

    @Test
    void shouldAccountForWhatCameIn() throws Exception {
        rig.add(Records.profile(-1, "", now.minusSeconds(40), 100, 2));
        rig.add(Records.profile(-1, "", now.minusSeconds(30), 50, 2));

        JsonNode account = until("/machine/account/explained", "150").at("/machine/account");
        assertThat(account.path("failed").asLong()).isEqualTo(2);
        assertThat(account.path("sampledOut").asLong()).isEqualTo(4);
        assertThat(account.path("shed").asLong()).isEqualTo(6);
        assertThat(account.path("total").asLong()).isEqualTo(150 + 2 + 4 + 6);
        assertThat(account.path("whole").asBoolean()).isTrue();
    }

    @Test
    void shouldCountAWindowOnceThatIsPublishedAgain() throws Exception {
        rig.add(Records.profile(-1, "", now.minusSeconds(40), 100, 2));
        rig.add(Records.profile(-1, "", now.minusSeconds(40), 120, 2));

        JsonNode state = until("/machine/account/explained", "120");
        assertThat(state.at("/classes/0/explained").asLong()).isEqualTo(120);
    }

    @Test
    void shouldRankClassesByEvidence() throws Exception {
        rig.add(Records.profile(-1, "", now.minusSeconds(20), 100, 2));
        rig.add(Records.profile(0, "ok", now.minusSeconds(20), 70, 1));
        rig.add(Records.profile(1, "dent", now.minusSeconds(20), 20, 7));
        rig.add(Records.profile(2, "stain", now.minusSeconds(20), 10, 30));

        JsonNode rows = until("/classes/3/label", "ok").path("classes");
        assertThat(rows.findValuesAsText("label")).containsExactly("stain", "dent", "all classes", "ok");
        assertThat(rows.at("/0/evidence").asDouble()).isEqualTo(1);
        assertThat(rows.at("/1/evidence").asDouble()).isEqualTo(0.5);
        assertThat(rows.at("/1/share").asDouble()).isEqualTo(0.2);
        assertThat(rows.at("/1/agreement").asDouble()).isEqualTo(0.75);
    }

    @Test
    void shouldShowAClassBesideItsReference() throws Exception {
        rig.add(Records.reference(1, "dent", now.minusSeconds(300)));
        rig.add(Records.profile(1, "dent", now.minusSeconds(40), 20, 3));
        rig.add(Records.profile(1, "dent", now.minusSeconds(30), 60, 7));
        JsonNode row = until("/classes/0/explained", "80").at("/classes/0");

        JsonNode detail = rig.json("/api/classes?class=1&model="
                + URLEncoder.encode(row.path("model").asText(), StandardCharsets.UTF_8));
        assertThat(detail.at("/now/n").asLong()).isEqualTo(80);
        assertThat(detail.at("/now/grid/values/17").asDouble()).isBetween(0.745, 0.755);
        assertThat(detail.at("/reference/n").asLong()).isEqualTo(300);
        assertThat(detail.path("curve").findValuesAsText("logEvidence")).containsExactly("3.0", "7.0");

        String first = "&from=0&to=" + now.minusSeconds(30).toEpochMilli();
        JsonNode early = rig.json("/api/classes?class=1&model="
                + URLEncoder.encode(row.path("model").asText(), StandardCharsets.UTF_8) + first);
        assertThat(early.at("/row/explained").asLong()).isEqualTo(20);
        assertThat(early.path("curve")).hasSize(1);
    }

    @Test
    void shouldGiveNamesAsTextWhateverTheyHold() throws Exception {
        rig.add(Records.profile(2, HOSTILE, now.minusSeconds(20), 10, 30));
        rig.add(Records.alert("a1", HOSTILE, Severity.WARNING, AlertState.OPENED, now));
        rig.json("/api/state");
        rig.add(0, Records.explanation(HOSTILE, HOSTILE, HOSTILE, now, input(0), NO_PICTURE));

        JsonNode state = until("/alerts/0/label", HOSTILE);
        assertThat(state.at("/classes/0/label").asText()).isEqualTo(HOSTILE);
        assertThat(state.at("/alerts/0/commands/newNormal").isMissingNode()).isTrue();
        await().until(() -> rig.json("/api/state").path("feed").size() == 1);
        JsonNode event = rig.json("/api/events/0/0");
        assertThat(event.at("/event/id").asText()).isEqualTo(HOSTILE);
        assertThat(event.at("/classes/0/label").asText()).isEqualTo(HOSTILE);
        assertThat(rig.get("/api/state").headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/json");
    }

    @Test
    void shouldNameModelsInAddressesWithRoomForThem() throws Exception {
        Profile profile = Records.profile(-1, "", now.minusSeconds(20), 10, 30);
        profile.setModel(new ExplainedModel("ö".repeat(10_000), "\ud83d\ude00".repeat(5_000), "ab".repeat(32)));
        rig.add(profile);

        String key = until("/classes/0/explained", "10").at("/models/0/key").asText();
        JsonNode detail = rig.json("/api/classes?class=-1&model=" + URLEncoder.encode(key, StandardCharsets.UTF_8));
        assertThat(detail.at("/row/explained").asLong()).isEqualTo(10);
    }

    @Test
    void shouldOfferNoPictureWhereThereIsNone() throws Exception {
        Alert alert = Records.alert("a1", "stain", Severity.WARNING, AlertState.OPENED, now);
        alert.getExamples().get(0).setThumbnail(ByteBuffer.allocate(0));
        rig.add(alert);

        JsonNode state = until("/alerts/0/id", "a1");
        assertThat(state.at("/alerts/0/examples/0/thumbnail").isMissingNode()).isTrue();
        assertThat(rig.get("/api/alerts/a1/1/thumbnails/0").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldWriteAVerdictAsTheCommandLineDoes() throws Exception {
        rig.add(Records.alert("a1", "stain", Severity.WARNING, AlertState.OPENED, now));
        String csrf = until("/alerts/0/id", "a1").path("csrf").asText();

        var answer = rig.post(
                "/api/alerts/a1/verdict", "{\"verdict\":\"shortcut\",\"note\":\"a sticker\"}", "X-CSRF-Token", csrf);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(rig.answers).singleElement().satisfies(entry -> {
            assertThat(entry.getModel()).isEqualTo(Records.MODEL);
            assertThat(entry.getClassIndex()).isEqualTo(3);
            assertThat(entry.getBody())
                    .isEqualTo(new Verdict("a1", "", VerdictKind.SHORTCUT, "dashboard", "a sticker"));
        });
    }

    @Test
    void shouldShowAVerdictOnceItIsInTheTopic() throws Exception {
        rig.add(Records.alert("a1", "stain", Severity.WARNING, AlertState.OPENED, now));
        String csrf = until("/alerts/0/id", "a1").path("csrf").asText();
        rig.post("/api/alerts/a1/verdict", "{\"verdict\":\"legitimate\"}", "X-CSRF-Token", csrf);

        rig.add(rig.answers.get(0));

        until("/alerts/0/verdict", "legitimate");
    }

    @Test
    void shouldAskForANewReferenceOfAModelAndOfItsClasses() throws Exception {
        rig.add(Records.reference(-1, "", now));
        rig.add(Records.reference(1, "dent", now));
        JsonNode state = until("/classes/1/label", "dent");
        String model = state.at("/models/0/key").asText();

        var answer = rig.post(
                "/api/references",
                "{\"accept\":true,\"model\":\"" + model + "\"}",
                "X-CSRF-Token",
                state.path("csrf").asText());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(rig.answers).extracting(entry -> entry.getClassIndex()).containsExactlyInAnyOrder(-1, 1);
    }

    @Test
    void shouldAskForANewReferenceOfOneClassAlone() throws Exception {
        rig.add(Records.reference(-1, "", now));
        rig.add(Records.reference(1, "dent", now));
        JsonNode state = until("/classes/1/label", "dent");
        String model = state.at("/models/0/key").asText();

        rig.post(
                "/api/references",
                "{\"accept\":true,\"class\":1,\"model\":\"" + model + "\"}",
                "X-CSRF-Token",
                state.path("csrf").asText());

        assertThat(rig.answers)
                .singleElement()
                .extracting(ReferenceEntry::getClassIndex)
                .isEqualTo(1);
    }

    @Test
    void shouldMakeATimeTheReferenceAsTheCommandLineDoes() throws Exception {
        rig.add(Records.profile(-1, "", now.minusSeconds(20), 100, 2));
        for (int i = 0; i < 400; i++) {
            Instant time = now.minusSeconds(400 - i);
            rig.add(i % 2, Records.explanation("part-" + i, "line", "stain", time, input(i), NO_PICTURE));
        }
        JsonNode state = until("/classes/0/explained", "100");
        String span = "\"model\":\"%s\",\"from\":%d,\"to\":%d"
                .formatted(
                        state.at("/models/0/key").asText(),
                        now.minusSeconds(300).toEpochMilli(),
                        now.minusSeconds(150).toEpochMilli());

        var answer = rig.post(
                "/api/references",
                "{" + span + "}",
                "X-CSRF-Token",
                state.path("csrf").asText());

        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"written\":2}");
        assertThat(rig.answers).extracting(ReferenceEntry::getClassIndex).containsExactly(-1, 3);
        assertThat(rig.answers).allSatisfy(entry -> {
            LearnedReference learned = (LearnedReference) entry.getBody();
            assertThat(learned.getOrigin()).isEqualTo(ReferenceOrigin.SPAN);
            assertThat(learned.getEvents()).isEqualTo(150);
            assertThat(learned.getFrom()).isEqualTo(now.minusSeconds(300));
            assertThat(learned.getTo()).isEqualTo(now.minusSeconds(151));
        });
    }

    @Test
    void shouldShowScoresBesideThoseOfTheReferenceWhileTheyAreRemembered() throws Exception {
        rig.add(Records.reference(1, "dent", now.minusSeconds(300)));
        rig.add(scored(Records.profile(1, "dent", now.minusSeconds(340), 30, 0), 9));
        rig.add(scored(Records.profile(1, "dent", now.minusSeconds(40), 20, 3), 12));
        rig.add(Records.profile(-1, "", now.minusSeconds(40), 20, 3));
        String model = until("/classes/0/explained", "20").at("/models/0/key").asText();

        JsonNode scores = rig.json("/api/classes?class=1&model=" + URLEncoder.encode(model, StandardCharsets.UTF_8))
                .path("scores");

        assertThat(scores.at("/now/12").asLong()).isEqualTo(20);
        assertThat(scores.at("/now/9").asLong()).isZero();
        assertThat(scores.at("/reference/9").asLong()).isEqualTo(30);
        assertThat(scores.at("/reference/12").asLong()).isZero();
    }

    @Test
    void shouldAccountForATimeAlone() throws Exception {
        rig.add(Records.profile(-1, "", now.minusSeconds(40), 100, 2));
        rig.add(Records.profile(-1, "", now.minusSeconds(30), 50, 2));
        until("/machine/account/explained", "150");

        String from = "/api/account?from=" + now.minusSeconds(35).toEpochMilli() + "&to=";
        assertThat(rig.json(from + now.toEpochMilli()).at("/account/explained").asLong())
                .isEqualTo(50);
        assertThat(rig.json(from + now.minusSeconds(34).toEpochMilli()).toString())
                .isEqualTo("{}");
        assertThat(rig.get(from).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldSayWhatIsWrongWithAnAnswer() throws Exception {
        rig.add(Records.alert("a1", "stain", Severity.WARNING, AlertState.OPENED, now));
        String csrf = until("/alerts/0/id", "a1").path("csrf").asText();

        assertThat(error("/api/alerts/a1/verdict", "{\"verdict\":\"maybe\"}", csrf))
                .isEqualTo("verdict is to be shortcut or legitimate");
        assertThat(error("/api/alerts/a9/verdict", "{\"verdict\":\"shortcut\"}", csrf))
                .isEqualTo("there is no such alert, or none any more");
        assertThat(error("/api/alerts/a1/verdict", "[1", csrf)).isEqualTo("the body is no JSON object");
        assertThat(error("/api/alerts/a1/verdict", " ".repeat(10_000), csrf)).startsWith("the body is to be");
        assertThat(error("/api/references", "{\"model\":\"x\",\"accept\":true}", csrf))
                .startsWith("there is no such reference yet");
        assertThat(error("/api/references", "{\"model\":\"x\",\"from\":5,\"to\":5}", csrf))
                .startsWith("either accept is to be true, or from and to");
        assertThat(error("/api/references", "{\"model\":\"x\",\"from\":5,\"to\":9}", csrf))
                .startsWith("there is no such model");
        String model = rig.json("/api/state").at("/alerts/0/model").asText();
        rig.add(Records.profile(-1, "", now.minusSeconds(20), 100, 2));
        until("/models/0/key", model);
        assertThat(error("/api/references", "{\"model\":\"" + model + "\",\"from\":5,\"to\":9}", csrf))
                .startsWith("from 1970-01-01T00:00:00.005Z to 1970-01-01T00:00:00.009Z there are 0 explanations");
        assertThat(rig.answers).isEmpty();
    }

    @Test
    void shouldServeThePageItsFilesAndTheChartLibrary() throws Exception {
        assertThat(rig.get("/").headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/html");
        assertThat(text("/assets/main.js")).contains("import");
        assertThat(text("/assets/uplot.js")).contains("uPlot");
        assertThat(text("/assets/uplot.css")).contains(".uplot");
        String tag = rig.get("/assets/main.js").headers().firstValue("ETag").orElseThrow();
        assertThat(rig.get("/assets/main.js", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
    }

    private static Profile scored(Profile profile, int bin) {
        List<Long> scores = new ArrayList<>(Collections.nCopies(Bins.scoreEdges().length + 1, 0L));
        scores.set(bin, profile.getOutcomes().getExplained());
        profile.setScores(scores);
        return profile;
    }

    private static RecordInput input(long offset) {
        return new RecordInput(DashboardRig.TOPICS.input(), 0, offset);
    }

    private String text(String path) throws Exception {
        return new String(rig.get(path).body(), StandardCharsets.UTF_8);
    }

    private String error(String path, String body, String csrf) throws Exception {
        var answer = rig.post(path, body, "X-CSRF-Token", csrf);
        assertThat(answer.statusCode()).isBetween(400, 499);
        return new ObjectMapper().readTree(answer.body()).path("error").asText();
    }

    private JsonNode until(String pointer, String value) {
        Callable<JsonNode> state = () -> rig.json("/api/state");
        return await().until(state, json -> json.at(pointer).asText().equals(value));
    }
}
