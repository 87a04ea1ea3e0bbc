package io.hedgerow.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The table of permissions in deploy/README.md, as Kafka's rules: user names are the table's first column. */
final class DocumentedPermissions {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (\\w+) \\| (topic|group|transactional id) `([\\w-]+)(\\*?)` \\| ([\\w, ]+) \\|$");
    private static final Map<String, ResourceType> TYPES = Map.of(
            "topic", ResourceType.TOPIC,
            "group", ResourceType.GROUP,
            "transactional id", ResourceType.TRANSACTIONAL_ID);

    private DocumentedPermissions() {}

    static List<AclBinding> read() throws IOException {
        List<AclBinding> bindings = new ArrayList<>();
        for (MatchResult row : ROW.matcher(Files.readString(Path.of("../deploy/README.md")))
                .results()
                .toList()) {
            for (String operation : row.group(5).split(", ")) {
                bindings.add(new AclBinding(
                        new ResourcePattern(
                                TYPES.get(row.group(2)),
                                row.group(3),
                                row.group(4).isEmpty() ? PatternType.LITERAL : PatternType.PREFIXED),
                        new AccessControlEntry(
                                "User:" + row.group(1),
                                "*",
                                AclOperation.fromString(operation.replaceAll("(?<=[a-z])(?=[A-Z])", "_")),
                                AclPermissionType.ALLOW)));
            }
        }
        return bindings;
    }
}
