package io.hedgerow.cli.stream;

import io.hedgerow.ClassExplanation;
import io.hedgerow.Explanation;
import io.hedgerow.Region;
import io.hedgerow.compiler.runtime.ScoreKind;
import java.util.List;

/** An explanation in one line. */
final class ExplanationLine {
    private ExplanationLine() {}

    /** What was explained, what the classifier called it, because of what, and whether it says so again. */
    static String of(Explanation explanation) {
        List<ClassExplanation> classes = explanation.getClasses();
        String text = "%-14s %-10s %s"
                .formatted(
                        explanation.getEventId(),
                        explanation.getSource(),
                        classes.isEmpty() ? "no class explained" : called(explanation, classes.get(0)));
        if (classes.size() > 1) {
            text += "; %d more classes".formatted(classes.size() - 1);
        }
        text += switch (explanation.getPrediction().getAgreement()) {
            case SCORE_DIFFERS -> "; another score was logged";
            case CLASS_DIFFERS -> "; another class was logged";
            default -> "";
        };
        if (!explanation.getLeftOut().isEmpty()) {
            text += "; part of the model is left out";
        }
        // names come from events, and could steer the terminal
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** Where the largest region of evidence is; empty if there is none. */
    static String evidence(ClassExplanation explained) {
        if (explained.getEvidence().isEmpty()) {
            return "";
        }
        Region largest = explained.getEvidence().get(0);
        return "evidence at x %d, y %d, %d x %d pixels"
                .formatted(largest.getX(), largest.getY(), largest.getWidth(), largest.getHeight());
    }

    /** The class's label, else its index. */
    static String label(ClassExplanation explained) {
        return explained.getLabel().isEmpty() ? "class " + explained.getClassIndex() : explained.getLabel();
    }

    /** What the model said of the class, as what it is. */
    static String number(Explanation explanation, ClassExplanation explained) {
        return ScoreKind.show(explanation.getPredictionKind(), explained.getPrediction());
    }

    private static String called(Explanation explanation, ClassExplanation explained) {
        return "%-12s %6s  %s".formatted(label(explained), number(explanation, explained), evidence(explained));
    }
}
