package io.hedgerow.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The test looks at pages in a browser; without one it is skipped, and {@link SkippedTests} says so at the end. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsChromium.Condition.class)
@interface NeedsChromium {
    /** Looks for the programs. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            for (Path program : new Path[] {Browser.CHROMIUM, Browser.DRIVER}) {
                if (!Files.isExecutable(program)) {
                    return ConditionEvaluationResult.disabled(
                            "there is no %s (Debian: apt-get install chromium chromium-driver; elsewhere -Dit.chromium=… -Dit.chromedriver=…)"
                                    .formatted(program));
                }
            }
            return ConditionEvaluationResult.enabled("there is a browser");
        }
    }
}
