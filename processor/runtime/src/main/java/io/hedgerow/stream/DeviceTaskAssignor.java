package io.hedgerow.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ApplicationState;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment;
import org.apache.kafka.streams.processor.assignment.ProcessId;
import org.apache.kafka.streams.processor.assignment.TaskAssignmentUtils;
import org.apache.kafka.streams.processor.assignment.TaskAssignor;

/**
 * Gives each instance tasks in proportion to its devices, whose number is its client tag {@value TaskShares#DEVICES}; an instance
 * without one counts as one device. Of each sub-topology an instance gets its exact share, rounded up or down, and within
 * that the tasks it had before stay (KIP-924). Stateless, and so thread-safe.
 */
public final class DeviceTaskAssignor implements TaskAssignor {
    @Override
    public TaskAssignment assign(ApplicationState application) {
        TaskShares shares = new TaskShares(application.kafkaStreamsStates(false).values());
        bySubtopology(application.allTasks().keySet()).forEach((subtopology, tasks) -> shares.assign(tasks));
        Map<ProcessId, KafkaStreamsAssignment> assignments = new HashMap<>();
        shares.assignments().forEach(assignment -> assignments.put(assignment.processId(), assignment));
        if (application.assignmentConfigs().numStandbyReplicas() > 0) {
            TaskAssignmentUtils.defaultStandbyTaskAssignment(application, assignments);
        }
        return new TaskAssignment(assignments.values());
    }

    /** Sub-topologies differ in what their tasks cost, so that a share of one is none of another. */
    private static Map<Integer, List<TaskId>> bySubtopology(Collection<TaskId> tasks) {
        Map<Integer, List<TaskId>> groups = new TreeMap<>();
        tasks.stream().sorted().forEach(task -> groups.computeIfAbsent(task.subtopology(), key -> new ArrayList<>())
                .add(task));
        return groups;
    }
}
