package io.hedgerow.monitor.shortcut;

import io.hedgerow.VerdictKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows groups again when they are found another time, with what was said of them. Immutable. */
public final class KnownGroups {
    private final List<Group> groups;

    /** Of these. */
    public KnownGroups(List<Group> groups) {
        this.groups = List.copyOf(groups);
    }

    /** The groups. */
    public List<Group> list() {
        return groups;
    }

    /** The group of that name; null if there is none. */
    public @Nullable Group get(String id) {
        return groups.stream()
                .filter(group -> group.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /**
     * What was found now, under the names and with the answers of the groups that look at the same places. Groups that were
     * answered, or are to be kept, stay even if they weren't found, without maps.
     *
     * @param keep names of groups to be kept
     */
    public KnownGroups updated(List<Group> found, Set<String> keep) {
        Likeness likeness = new Likeness();
        List<Group> unmatched = new ArrayList<>(groups);
        List<Group> updated = new ArrayList<>();
        for (Group group : found) {
            double[] vector = likeness.vector(group.seed());
            Group before = unmatched.stream()
                    .filter(known -> likeness.alike(known.seed(), vector))
                    .findFirst()
                    .orElse(null);
            unmatched.remove(before);
            updated.add(before == null ? group : group.named(before.id(), before.verdict()));
        }
        unmatched.stream()
                .filter(known -> known.verdict() != null || keep.contains(known.id()))
                .map(Group::absent)
                .forEach(updated::add);
        return new KnownGroups(updated);
    }

    /** The same with a person's answer about one; unchanged if there is no such group. */
    public KnownGroups answered(String id, VerdictKind answer) {
        return new KnownGroups(groups.stream()
                .map(group -> group.id().equals(id) ? group.answered(answer) : group)
                .toList());
    }
}
