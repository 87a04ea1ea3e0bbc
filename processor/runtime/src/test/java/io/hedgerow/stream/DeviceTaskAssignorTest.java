package io.hedgerow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ApplicationState;
import org.apache.kafka.streams.processor.assignment.AssignmentConfigs;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsState;
import org.apache.kafka.streams.processor.assignment.ProcessId;
import org.apache.kafka.streams.processor.assignment.TaskAssignmentUtils;
import org.apache.kafka.streams.processor.assignment.TaskAssignor;
import org.apache.kafka.streams.processor.assignment.TaskInfo;
import org.apache.kafka.streams.processor.assignment.TaskTopicPartition;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;

class DeviceTaskAssignorTest {
    private final DeviceTaskAssignor assignor = new DeviceTaskAssignor();

    @Test
    void shouldAssignInProportionToDevices() {
        Group group = new Group(14, 1).with("a", "1").with("b", "2").with("c", "4");

        assertThat(group.sizes(assign(group))).isEqualTo(Map.of("a", 2, "b", 4, "c", 8));
    }

    @Test
    void shouldRoundShares() {
        Group group = new Group(8, 1).with("a", "1").with("b", "2").with("c", "4");

        // exactly 1.14, 2.29 and 4.57
        assertThat(group.sizes(assign(group))).isEqualTo(Map.of("a", 1, "b", 2, "c", 5));
    }

    @Test
    void shouldCountAnInstanceThatDoesNotSayAsOneDevice() {
        Group group = new Group(6, 1).with("a", null).with("b", "many").with("c", "4");

        assertThat(group.sizes(assign(group))).isEqualTo(Map.of("a", 1, "b", 1, "c", 4));
    }

    @Test
    void shouldDivideEachSubtopologyByItself() {
        Group group = new Group(3, 2).with("a", "1").with("b", "2");

        Map<String, Set<TaskId>> assigned = assign(group);
        for (int subtopology = 0; subtopology < 2; subtopology++) {
            int number = subtopology;
            assertThat(assigned.get("a").stream().filter(task -> task.subtopology() == number))
                    .hasSize(1);
        }
    }

    @Test
    void shouldMakeUpInOneSubtopologyWhatRoundingTookInAnother() {
        Group group = new Group(1, 2).with("a", "1").with("b", "1");

        assertThat(group.sizes(assign(group))).isEqualTo(Map.of("a", 1, "b", 1));
    }

    @Test
    void shouldMoveNothingWhenNothingChanged() {
        Group group = new Group(11, 2).with("a", "1").with("b", "2").with("c", "4");
        Map<String, Set<TaskId>> first = assign(group);

        assertThat(assign(group.after(first))).isEqualTo(first);
    }

    @Test
    void shouldMoveOnlyWhatANewInstanceIsDue() {
        Group group = new Group(12, 1).with("a", "1").with("b", "2");
        Map<String, Set<TaskId>> before = assign(group);

        Map<String, Set<TaskId>> after = assign(group.after(before).with("c", "1"));

        assertThat(group.sizes(after)).isEqualTo(Map.of("a", 3, "b", 6, "c", 3));
        assertThat(before.get("a")).containsAll(after.get("a"));
        assertThat(before.get("b")).containsAll(after.get("b"));
    }

    @Test
    void shouldMoveOnlyTheTasksOfAnInstanceThatLeft() {
        Group group = new Group(14, 1).with("a", "1").with("b", "2").with("c", "4");
        Map<String, Set<TaskId>> before = assign(group);

        Map<String, Set<TaskId>> after = assign(group.after(before).without("a"));

        assertThat(after.get("b")).containsAll(before.get("b"));
        assertThat(after.get("c")).containsAll(before.get("c"));
        assertThat(after.values().stream().mapToInt(Set::size).sum()).isEqualTo(14);
    }

    @Test
    void shouldPreferWhoHasACopyOfTheState() {
        Group group = new Group(4, 1).with("a", "1").with("b", "1");
        group.instance("b").standby().addAll(List.of(new TaskId(0, 0), new TaskId(0, 1)));
        group.instance("a").standby().addAll(List.of(new TaskId(0, 2), new TaskId(0, 3)));

        assertThat(assign(group).get("b")).containsExactlyInAnyOrder(new TaskId(0, 0), new TaskId(0, 1));
    }

    @Test
    void shouldAssignStandbysToOthers() {
        Group group = new Group(6, 1).with("a", "1").with("b", "2");
        group.standbys = 1;
        group.stateful = true;

        for (KafkaStreamsAssignment assignment : assignor.assign(group).assignment()) {
            Set<TaskId> standby = assignment.tasks().values().stream()
                    .filter(task -> task.type() == KafkaStreamsAssignment.AssignedTask.Type.STANDBY)
                    .map(KafkaStreamsAssignment.AssignedTask::id)
                    .collect(Collectors.toSet());
            assertThat(standby).hasSize(6 - active(assignment).size());
        }
    }

    /** Any number of instances of any size, joining and leaving: exact shares, nothing unassigned, nothing moved in vain. */
    @Test
    void shouldKeepSharesExactWhateverComesAndGoes() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            int tasks = 1 + random.nextInt(40);
            Group group = new Group(tasks, 1 + random.nextInt(3)).with("a", "1");
            for (int step = 0; step < 6; step++) {
                String name = "i" + random.nextInt(6);
                group = group.instances.containsKey(name)
                        ? group.without(name)
                        : group.with(name, Integer.toString(1 + random.nextInt(8)));
                Map<String, Set<TaskId>> assigned = assign(group);
                int devices = group.instances.values().stream()
                        .mapToInt(Fake::devices)
                        .sum();
                for (Fake instance : group.instances.values()) {
                    double share = (double) tasks * instance.devices() / devices;
                    for (int subtopology = 0; subtopology < group.subtopologies; subtopology++) {
                        int number = subtopology;
                        assertThat((double) assigned.get(instance.name()).stream()
                                        .filter(task -> task.subtopology() == number)
                                        .count())
                                .isBetween(Math.floor(share), Math.ceil(share));
                    }
                }
                group = group.after(assigned);
                assertThat(assign(group)).isEqualTo(assigned);
            }
        }
    }

    private Map<String, Set<TaskId>> assign(Group group) {
        TaskAssignor.TaskAssignment assignment = assignor.assign(group);
        assertThat(TaskAssignmentUtils.validateTaskAssignment(group, assignment))
                .isEqualTo(TaskAssignor.AssignmentError.NONE);
        Map<String, Set<TaskId>> byName = new HashMap<>();
        assignment.assignment().forEach(each -> byName.put(group.name(each.processId()), active(each)));
        return byName;
    }

    private static Set<TaskId> active(KafkaStreamsAssignment assignment) {
        return assignment.tasks().values().stream()
                .filter(task -> task.type() == KafkaStreamsAssignment.AssignedTask.Type.ACTIVE)
                .map(KafkaStreamsAssignment.AssignedTask::id)
                .collect(Collectors.toSet());
    }

    /** A group of instances. */
    private static final class Group implements ApplicationState {
        private final int tasks;
        private final int subtopologies;
        private final Map<String, Fake> instances = new TreeMap<>();
        private int standbys;
        private boolean stateful;

        Group(int tasks, int subtopologies) {
            this.tasks = tasks;
            this.subtopologies = subtopologies;
        }

        Group with(String name, String devices) {
            ProcessId id = new ProcessId(UUID.nameUUIDFromBytes(name.getBytes()));
            instances.put(name, new Fake(name, id, devices, new TreeSet<>(), new TreeSet<>()));
            return this;
        }

        Group without(String name) {
            instances.remove(name);
            return this;
        }

        /** The same when everyone holds what was assigned. */
        Group after(Map<String, Set<TaskId>> assigned) {
            Group next = new Group(tasks, subtopologies);
            instances.forEach((name, instance) -> {
                next.with(name, instance.tag());
                next.instance(name).previous().addAll(assigned.get(name));
            });
            return next;
        }

        Fake instance(String name) {
            return instances.get(name);
        }

        String name(ProcessId id) {
            return instances.values().stream()
                    .filter(instance -> instance.processId().equals(id))
                    .findFirst()
                    .orElseThrow()
                    .name();
        }

        Map<String, Integer> sizes(Map<String, Set<TaskId>> assigned) {
            Map<String, Integer> sizes = new HashMap<>();
            assigned.forEach((name, set) -> sizes.put(name, set.size()));
            return sizes;
        }

        @Override
        public Map<ProcessId, KafkaStreamsState> kafkaStreamsStates(boolean computeTaskLags) {
            return instances.values().stream().collect(Collectors.toMap(Fake::processId, instance -> instance));
        }

        @Override
        public AssignmentConfigs assignmentConfigs() {
            return new AssignmentConfigs(0L, 1, standbys, 60_000L, List.of());
        }

        @Override
        public Map<TaskId, TaskInfo> allTasks() {
            List<TaskId> ids = new ArrayList<>();
            IntStream.range(0, subtopologies)
                    .forEach(number -> IntStream.range(0, tasks).forEach(i -> ids.add(new TaskId(number, i))));
            return ids.stream().collect(Collectors.toMap(id -> id, id -> new Info(id, stateful)));
        }
    }

    private record Info(TaskId id, boolean isStateful) implements TaskInfo {
        @Override
        public Set<String> stateStoreNames() {
            return isStateful ? Set.of("store") : Set.of();
        }

        @Override
        public Set<TaskTopicPartition> topicPartitions() {
            return isStateful ? Set.of(new Changelog(id)) : Set.of();
        }
    }

    private record Changelog(TaskId id) implements TaskTopicPartition {
        @Override
        public TopicPartition topicPartition() {
            return new TopicPartition("store-changelog", id.partition());
        }

        @Override
        public boolean isSource() {
            return false;
        }

        @Override
        public boolean isChangelog() {
            return true;
        }

        @Override
        public Optional<Set<String>> rackIds() {
            return Optional.empty();
        }
    }

    private record Fake(
            String name, ProcessId processId, String tag, SortedSet<TaskId> previous, SortedSet<TaskId> standby)
            implements KafkaStreamsState {
        int devices() {
            return tag != null && tag.matches("\\d+") ? Integer.parseInt(tag) : 1;
        }

        @Override
        public int numProcessingThreads() {
            return 2 * devices();
        }

        @Override
        public SortedSet<String> consumerClientIds() {
            return new TreeSet<>(Set.of(name));
        }

        @Override
        public SortedSet<TaskId> previousActiveTasks() {
            return previous;
        }

        @Override
        public SortedSet<TaskId> previousStandbyTasks() {
            return standby;
        }

        @Override
        public long lagFor(TaskId task) {
            return 0;
        }

        @Override
        public SortedSet<TaskId> prevTasksByLag(String consumerClientId) {
            return new TreeSet<>();
        }

        @Override
        public Map<TaskId, Long> statefulTasksToLagSums() {
            return Map.of();
        }

        @Override
        public Optional<HostInfo> hostInfo() {
            return Optional.empty();
        }

        @Override
        public Map<String, String> clientTags() {
            return tag == null ? Map.of() : Map.of("devices", tag);
        }

        @Override
        public Optional<String> rackId() {
            return Optional.empty();
        }
    }
}
