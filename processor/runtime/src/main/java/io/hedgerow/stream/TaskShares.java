package io.hedgerow.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment.AssignedTask;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsState;

/**
 * Divides tasks among instances by their devices, a sub-topology at a time. What the rounding of one leaves an instance short
 * of, the next makes up.
 */
final class TaskShares {
    /** The key of the client tag that tells how many devices an instance has. */
    static final String DEVICES = "devices";

    private final List<Instance> instances;
    private final int devices;

    TaskShares(Collection<KafkaStreamsState> states) {
        instances = states.stream()
                .sorted(Comparator.comparing(KafkaStreamsState::processId))
                .map(Instance::new)
                .toList();
        devices = instances.stream().mapToInt(instance -> instance.devices).sum();
    }

    /** Assigns the tasks of one sub-topology. */
    void assign(List<TaskId> tasks) {
        makeRoom(tasks);
        List<TaskId> homeless = new ArrayList<>();
        for (TaskId task : tasks) {
            instances.stream()
                    .filter(instance -> instance.had(task) && instance.room > 0)
                    .findFirst()
                    .ifPresentOrElse(owner -> owner.take(task), () -> homeless.add(task));
        }
        for (TaskId task : homeless) {
            // Who has a copy of the task's state needs no other; then whoever has most room.
            instances.stream()
                    .filter(instance -> instance.room > 0)
                    .max(Comparator.comparing((Instance instance) -> instance.copies(task))
                            .thenComparing(instance -> instance.room))
                    .orElseThrow()
                    .take(task);
        }
    }

    /** What came of it, for each instance. */
    List<KafkaStreamsAssignment> assignments() {
        return instances.stream().map(instance -> instance.assignment).toList();
    }

    /** For each instance its exact share rounded down; the rest, one each, for those that had more, or else are owed most. */
    private void makeRoom(List<TaskId> tasks) {
        List<Instance> candidates = new ArrayList<>();
        int rest = tasks.size();
        for (Instance instance : instances) {
            double share = (double) tasks.size() * instance.devices / devices;
            instance.room = (int) share;
            instance.had = (int) tasks.stream().filter(instance::had).count();
            instance.owed += share - instance.room;
            rest -= instance.room;
            if (share > instance.room) {
                candidates.add(instance);
            }
        }
        candidates.sort(Comparator.comparing((Instance instance) -> instance.had > instance.room)
                .thenComparing(instance -> instance.owed)
                .reversed());
        for (Instance instance : candidates.subList(0, rest)) {
            instance.room++;
            instance.owed--;
        }
    }

    private static final class Instance {
        private static final int MOST_DEVICES = 1000;

        private final KafkaStreamsState state;
        private final int devices;
        private final KafkaStreamsAssignment assignment;

        /** Tasks that it should have by its exact shares so far, less those that there was room for. */
        private double owed;

        /** Tasks of the sub-topology at hand that it still takes, and that it had before. */
        private int room;

        private int had;

        Instance(KafkaStreamsState state) {
            this.state = state;
            this.assignment = KafkaStreamsAssignment.of(state.processId(), Set.of());
            String tag = state.clientTags().getOrDefault(DEVICES, "1");
            this.devices = tag.matches("\\d{1,4}") ? Math.max(1, Math.min(MOST_DEVICES, Integer.parseInt(tag))) : 1;
        }

        boolean had(TaskId task) {
            return state.previousActiveTasks().contains(task);
        }

        boolean copies(TaskId task) {
            return state.previousStandbyTasks().contains(task);
        }

        void take(TaskId task) {
            assignment.assignTask(new AssignedTask(task, AssignedTask.Type.ACTIVE));
            room--;
        }
    }
}
