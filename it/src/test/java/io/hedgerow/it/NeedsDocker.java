package io.hedgerow.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;

/** The test runs in containers; without Docker it is skipped, and {@link SkippedTests} says so at the end. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsDocker.Condition.class)
@interface NeedsDocker {
    /** Asks Docker itself. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            try {
                return DockerClientFactory.instance().isDockerAvailable()
                        ? ConditionEvaluationResult.enabled("Docker answers")
                        : ConditionEvaluationResult.disabled("there is no Docker to run containers with");
            } catch (ContainerFetchException e) {
                return ConditionEvaluationResult.disabled("Docker can't get the images it needs: " + e.getMessage());
            }
        }
    }
}
