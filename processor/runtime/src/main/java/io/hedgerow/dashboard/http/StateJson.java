package io.hedgerow.dashboard.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.hedgerow.dashboard.view.AlertCard;
import io.hedgerow.dashboard.view.ClassRow;
import io.hedgerow.dashboard.view.FeedEvent;
import io.hedgerow.dashboard.view.Machine;
import io.hedgerow.dashboard.view.ModelCard;
import io.hedgerow.dashboard.view.Outlook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole state, which a page begins with.
 *
 * @param now the server's time in milliseconds
 * @param write whether whoever asks may answer
 * @param csrf what writes have to bring; null for those who may look only
 */
record StateJson(
        String version,
        String applicationId,
        long now,
        boolean write,
        @Nullable String csrf,
        String monitor,
        @Nullable String monitorReason,
        @JsonProperty("verdict") Outlook outlook,
        List<ModelCard> models,
        List<AlertCard> alerts,
        List<ClassRow> classes,
        Machine machine,
        List<FeedEvent> feed) {}
