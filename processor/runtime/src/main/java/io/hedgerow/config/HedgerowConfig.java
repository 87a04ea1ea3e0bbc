package io.hedgerow.config;

import io.hedgerow.audit.log.SigningSettings;
import io.hedgerow.compiler.api.CompileLimits;
import io.hedgerow.dashboard.security.AccessSettings;
import io.hedgerow.device.DeviceSettings;
import io.hedgerow.image.pixels.ImageLimits;
import io.hedgerow.models.ModelSettings;
import io.hedgerow.monitor.MonitorSettings;
import io.hedgerow.monitor.delivery.Receivers;
import io.hedgerow.stream.ExplainSettings;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.Topics;
import io.hedgerow.web.HttpSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What hedgerow.yaml says, checked, with defaults where it says nothing: to each room its own settings. Immutable; its text form
 * hides secrets.
 *
 * @param applicationId of Kafka Streams
 * @param kafka handed on to Kafka Streams and its clients
 * @param registry handed on to the schema registry's client
 * @param monitorTopics null if nothing is monitored
 * @param models at least one, no two of the same name and version
 * @param images what a decoder accepts
 * @param compile what compiling a model may take
 * @param records largest record for each output, before the cluster has been asked what it takes
 * @param explaining how events are explained
 * @param signing how the audit trail is signed, where the topics have one
 * @param monitor what is made of the explanations
 * @param alerts who is told of what it finds
 * @param http where health, metrics and the dashboard are served
 * @param access who may look at the dashboard
 * @param startup how long to wait for the broker and the registry at start
 * @param shutdown how long to wait for what is under way when told to stop
 * @param strange names of Kafka's settings that Kafka doesn't know, which its plug-ins may
 * @param effective every key with the text of its value, secrets hidden: for printing
 */
public record HedgerowConfig(
        String applicationId,
        ClientSettings kafka,
        ClientSettings registry,
        Topics topics,
        @Nullable MonitorTopics monitorTopics,
        List<ModelSettings> models,
        DeviceSettings devices,
        ImageLimits images,
        CompileLimits compile,
        RecordLimits records,
        ExplainSettings explaining,
        SigningSettings signing,
        MonitorSettings monitor,
        Receivers alerts,
        HttpSettings http,
        AccessSettings access,
        Duration startup,
        Duration shutdown,
        List<String> strange,
        Map<String, String> effective) {}
