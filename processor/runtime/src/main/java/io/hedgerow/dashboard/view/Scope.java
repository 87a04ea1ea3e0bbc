package io.hedgerow.dashboard.view;

import io.hedgerow.Example;
import io.hedgerow.LearnedReference;
import io.hedgerow.Profile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One class of a model, or all classes together. Guarded by its view. */
final class Scope {
    /** All classes together. */
    static final int WHOLE = -1;

    /** All classes that aren't monitored one by one. */
    static final int OTHERS = -2;

    final int classIndex;
    final History history = new History();
    private String label = "";
    private String state = "none";
    private long have;
    private long want;
    private List<Example> examples = List.of();
    private @Nullable Learned reference;

    /** What is kept of a reference. */
    record Learned(long events, long from, long to, String covers, @Nullable Grid map) {
        static Learned of(LearnedReference learned) {
            return new Learned(
                    learned.getEvents(),
                    learned.getFrom().toEpochMilli(),
                    learned.getTo().toEpochMilli(),
                    learned.getCovers(),
                    Grid.of(learned.getMeanMap()));
        }
    }

    Scope(int classIndex) {
        this.classIndex = classIndex;
    }

    void add(Profile profile, int most) {
        ProfileWindow newest = history.newest();
        history.put(ProfileWindow.of(profile), most);
        label = profile.getLabel();
        if (newest == null || profile.getWindowStart().toEpochMilli() >= newest.start()) {
            state = Words.lower(profile.getReference().getState());
            have = profile.getReference().getLearned();
            want = profile.getReference().getWanted();
            if (!profile.getExamples().isEmpty()) {
                examples = profile.getExamples();
            }
        }
    }

    void learn(String name, LearnedReference learned) {
        label = name;
        reference = Learned.of(learned);
        if (history.size() == 0) {
            state = "ready";
        }
    }

    /** Its name, in words where it has none. */
    String name() {
        return switch (classIndex) {
            case WHOLE -> "all classes";
            case OTHERS -> "other classes";
            default -> label.isEmpty() ? "class " + classIndex : label;
        };
    }

    String label() {
        return label.isEmpty() && classIndex < 0 ? name() : label;
    }

    String state() {
        return state;
    }

    long have() {
        return have;
    }

    long want() {
        return want;
    }

    List<Example> examples() {
        return examples;
    }

    @Nullable
    Learned reference() {
        return reference;
    }
}
