package io.hedgerow.compiler.frontend.functions;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.VersionDef;

/**
 * Makes one flat graph of what the output needs, walking back from it. What is not needed is never looked at; control
 * edges are not followed, so variable writes, assertions and the like fall away.
 */
public final class Inliner {
    /** Functions that call others twice, and so on, would grow without end. */
    private static final int MAX_NODES = 100_000;

    private record Site(Scope scope, String node) {
        static Site of(Endpoint endpoint) {
            return new Site(endpoint.scope(), endpoint.node().getName());
        }
    }

    /** A node on the way, with where its inputs come from. */
    private record Visit(Endpoint endpoint, List<Endpoint> inputs, Iterator<Endpoint> open) {
        Visit(Endpoint endpoint, List<Endpoint> inputs) {
            this(endpoint, inputs, inputs.iterator());
        }
    }

    private final Resolver resolver;
    private final KnownOperations known;
    private final Conformance conformance;
    private final NodeDef placeholder;
    private final VersionDef versions;
    private final Set<Body> bodies = new HashSet<>();
    private int controlEdges;

    /**
     * @param placeholder what takes the images
     */
    public Inliner(
            Resolver resolver,
            KnownOperations known,
            Conformance conformance,
            NodeDef placeholder,
            VersionDef versions) {
        this.resolver = resolver;
        this.known = known;
        this.conformance = conformance;
        this.placeholder = placeholder;
        this.versions = versions;
    }

    /** Control edges that were not followed so far. */
    public int controlEdges() {
        return controlEdges;
    }

    /** Nodes that write variables, beside what was needed so far. */
    public long variableWrites() {
        return bodies.stream()
                .flatMap(body -> StreamSupport.stream(body.nodes().spliterator(), false))
                .filter(node -> node.getOp().startsWith("Assign"))
                .count();
    }

    /** The graph up to {@code result}. */
    public FlatGraph inline(Endpoint result) {
        Map<Site, String> names = new HashMap<>();
        Set<String> taken = new HashSet<>(Set.of(placeholder.getName()));
        Set<Site> done = new HashSet<>();
        Map<String, NodeDef> nodes = new LinkedHashMap<>();
        nodes.put(placeholder.getName(), placeholder);

        Deque<Visit> path = new ArrayDeque<>();
        Set<Site> onPath = new HashSet<>();
        push(visit(result), path, onPath);
        while (!path.isEmpty()) {
            Visit visit = path.peek();
            if (nodes.size() + path.size() > MAX_NODES) {
                throw new ModelRefusedException(
                        "the model grows to more than %d nodes when its functions are inlined".formatted(MAX_NODES));
            }
            if (visit.open().hasNext()) {
                Endpoint next = visit.open().next();
                if (!resolver.isImage(next) && !done.contains(Site.of(next))) {
                    push(visit(next), path, onPath);
                }
                continue;
            }
            path.pop();
            Site site = Site.of(visit.endpoint());
            onPath.remove(site);
            done.add(site);
            if (resolver.isImage(visit.endpoint())) {
                continue;
            }
            names.put(site, name(visit.endpoint(), taken));
            List<String> inputs =
                    visit.inputs().stream().map(input -> tensor(input, names)).toList();
            NodeDef flat = flat(visit.endpoint(), String.valueOf(names.get(site)), inputs);
            nodes.put(flat.getName(), flat);
        }
        return new FlatGraph(nodes, placeholder.getName(), tensor(result, names), versions);
    }

    private Visit visit(Endpoint endpoint) {
        if (resolver.isImage(endpoint)) {
            return new Visit(endpoint, List.of());
        }
        known.check(endpoint);
        bodies.add(endpoint.scope().body());
        controlEdges += (int)
                endpoint.node().getInputList().stream().filter(Scope::isControl).count();
        List<Endpoint> inputs = endpoint.node().getInputList().stream()
                .filter(input -> !Scope.isControl(input))
                .map(input -> resolver.resolve(endpoint.scope(), input))
                .toList();
        return new Visit(endpoint, inputs);
    }

    private static void push(Visit visit, Deque<Visit> path, Set<Site> onPath) {
        if (!onPath.add(Site.of(visit.endpoint()))) {
            throw new ModelRefusedException(visit.endpoint().where() + " needs its own output: the graph has a cycle");
        }
        path.push(visit);
    }

    private NodeDef flat(Endpoint endpoint, String name, List<String> inputs) {
        NodeDef.Builder flat = NodeDef.newBuilder()
                .setName(name)
                .setOp(endpoint.node().getOp())
                .addAllInput(inputs);
        Map<String, AttrValue> bound = endpoint.scope().attributes();
        endpoint.node().getAttrMap().forEach((key, value) -> {
            // those that begin with an underscore are hints: device groups, shapes, gradients
            if (!key.startsWith("_")) {
                flat.putAttr(key, bound.getOrDefault(value.getPlaceholder(), value));
            }
        });
        return conformance.conform(flat.build(), endpoint);
    }

    private String tensor(Endpoint endpoint, Map<Site, String> names) {
        return resolver.isImage(endpoint)
                ? placeholder.getName() + ":0"
                : names.get(Site.of(endpoint)) + ":" + endpoint.port();
    }

    private static String name(Endpoint endpoint, Set<String> taken) {
        String name = endpoint.path();
        if (KnownOperations.isVariable(endpoint.node()) && taken.contains(name)) {
            throw new ModelRefusedException(endpoint.where() + " is called like another node: rename the variable");
        }
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> i == 0 ? name : name + "_" + i)
                .filter(taken::add)
                .findFirst()
                .orElseThrow();
    }
}
