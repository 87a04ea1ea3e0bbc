package io.hedgerow.monitor;

import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceProgress;
import io.hedgerow.monitor.detect.Watch;
import io.hedgerow.monitor.profile.Outcomes;
import io.hedgerow.monitor.profile.Summary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes profiles' records. Immutable. */
final class ProfileWriter {
    private final ExplainedModel model;
    private final Method method;
    private final MonitorSettings settings;

    ProfileWriter(ExplainedModel model, Method method, MonitorSettings settings) {
        this.model = model;
        this.method = method;
        this.settings = settings;
    }

    Profile of(
            Scope scope,
            String label,
            Span span,
            Summary summary,
            Outcomes outcomes,
            double threshold,
            boolean provisional) {
        Watch maps = scope.maps();
        boolean compared = maps != null && !provisional && maps.logEvidence() != Double.NEGATIVE_INFINITY;
        int wanted = scope.whole() ? settings.modelReference() : settings.classReference();
        // a provisional profile's events have come, though its scope takes no note of them yet
        long now = summary.events() > 0 ? scope.lastEvent : span.start;
        Profile.Builder profile = Profile.newBuilder()
                .setModel(model)
                .setMethod(method)
                .setClassIndex(scope.index)
                .setLabel(label)
                .setWindowStart(Instant.ofEpochMilli(span.start))
                .setWindowEnd(Instant.ofEpochMilli(span.end))
                .setProvisional(provisional)
                .setOutcomes(outcomes.counts())
                .setLatencies(outcomes.latencies())
                .setReference(new ReferenceProgress(
                        scope.state(now, settings.staleAfter().toMillis()), scope.learned(), (long) wanted))
                .setLogEvidence(compared && maps != null ? (Double) maps.logEvidence() : null)
                .setLogThreshold(maps == null ? null : (Double) threshold);
        summary.writeTo(profile);
        return profile.build();
    }

    /**
     * A profile of no event, in which the reference has become stale.
     *
     * @param at event time at which it did
     */
    Profile quiet(Scope scope, long at, double threshold) {
        long length = settings.window().toMillis();
        long start = -Math.floorDiv(-at, length) * length;
        return of(scope, "", new Span(start, start + length), new Summary(), new Outcomes(), threshold, true);
    }

    /**
     * A profile with events that came late.
     *
     * @param published the profile as it was published; null if there was none
     * @param late a profile of the late events alone
     */
    Profile late(@Nullable Profile published, Profile late) {
        Profile first = published == null ? late : published;
        Summary summary = Summary.of(first);
        Outcomes outcomes = Outcomes.of(first.getOutcomes(), first.getLatencies());
        if (published != null) {
            summary.add(Summary.of(late));
            outcomes.add(Outcomes.of(late.getOutcomes(), late.getLatencies()));
        }
        // not a copy by Avro, which would look classes up by name
        Profile.Builder profile = Profile.newBuilder()
                .setModel(model)
                .setMethod(method)
                .setClassIndex(first.getClassIndex())
                .setLabel(first.getLabel())
                .setWindowStart(first.getWindowStart())
                .setWindowEnd(first.getWindowEnd())
                .setLate((published == null ? 0 : published.getLate()) + late.getMaps() + late.getBlind())
                .setOutcomes(outcomes.counts())
                .setLatencies(outcomes.latencies())
                .setReference(first.getReference())
                .setLogEvidence(first.getLogEvidence())
                .setLogThreshold(first.getLogThreshold());
        summary.writeTo(profile);
        return profile.build();
    }
}
