package io.hedgerow.it;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says when all is done how many tests were skipped, and why. JUnit finds it as a service. */
public final class SkippedTests implements TestExecutionListener {
    private final Map<String, Long> reasons = new TreeMap<>();
    private TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionSkipped(TestIdentifier skipped, String reason) {
        // a method that makes tests is one, as long as it has made none
        long below = plan.getDescendants(skipped).stream()
                .filter(each -> plan.getChildren(each).isEmpty())
                .count();
        reasons.merge(reason, Math.max(1, below), Long::sum);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            String reason = result.getThrowable().map(Throwable::getMessage).orElse("");
            reasons.merge(reason, 1L, Long::sum);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        reasons.forEach((reason, count) ->
                System.out.println("Skipped: " + count + (count == 1 ? " test" : " tests") + ", because " + reason));
    }
}
