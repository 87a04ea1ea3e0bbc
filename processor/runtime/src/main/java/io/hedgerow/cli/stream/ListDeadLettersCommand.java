package io.hedgerow.cli.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.cli.console.Printable;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.deadletters.DeadLetter;
import io.hedgerow.deadletters.DeadLetterReader;
import io.hedgerow.deadletters.DeadLetterTopics;
import io.hedgerow.deadletters.ReplayPolicy;
import io.hedgerow.deadletters.Replayability;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hedgerow dead-letters list}. */
@Command(name = "list", description = "Lists dead letters: where they lie, where they came from, and why.")
final class ListDeadLettersCommand implements Callable<Integer> {
    @Mixin
    private final DeadLetterOptions options = new DeadLetterOptions();

    @Option(names = "--json", description = "Print each letter as one line of JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public Integer call() throws JsonProcessingException {
        HedgerowConfig config = options.config();
        PrintWriter out = spec.commandLine().getOut();
        DeadLetterTable table = new DeadLetterTable(out, config.topics().input());
        long count = 0;
        try (DeadLetterTopics topics = DeadLetterOptions.connect(config);
                DeadLetterReader reader = topics.read(options.selection())) {
            ReplayPolicy policy = topics.policy();
            for (List<DeadLetter> letters = reader.next(); !letters.isEmpty(); letters = reader.next()) {
                for (DeadLetter letter : letters) {
                    Replayability verdict = policy.judge(letter);
                    if (json) {
                        out.println(mapper.writeValueAsString(fields(letter, verdict)));
                    } else {
                        table.add(letter, verdict);
                    }
                }
                count += letters.size();
            }
        }
        if (!json) {
            table.end(count);
        }
        return CommandLine.ExitCode.OK;
    }

    private static Map<String, Object> fields(DeadLetter letter, Replayability verdict) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("partition", letter.partition());
        fields.put("offset", letter.offset());
        fields.put("time", letter.time().toString());
        fields.put("event_topic", letter.eventTopic());
        fields.put("event_partition", letter.eventPartition());
        fields.put("event_offset", letter.eventOffset());
        fields.put("reason", letter.reason());
        fields.put("message", letter.message());
        fields.put("exception", letter.exception());
        fields.put("replay", verdict.kind().name().toLowerCase(Locale.ROOT));
        if (!verdict.detail().isEmpty()) {
            fields.put("unreplayable_because", verdict.detail());
        }
        byte[] key = letter.key();
        if (key == null || Printable.utf8(key).isPresent()) {
            fields.put("key", key == null ? null : Printable.utf8(key).orElseThrow());
        } else {
            fields.put("key_base64", key);
        }
        byte[] value = letter.value();
        fields.put("value_bytes", value == null ? null : value.length);
        return fields;
    }
}
