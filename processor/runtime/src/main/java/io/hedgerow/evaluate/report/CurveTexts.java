package io.hedgerow.evaluate.report;

/** What curves and groups of cases are, in a few words. */
final class CurveTexts {
    private CurveTexts() {}

    static String text(String curve) {
        return switch (curve) {
            case "morf" -> "most relevant first: should fall fast";
            case "lerf" -> "least relevant first: should stay up";
            case "morf-blur" -> "most relevant first, blurred";
            case "lerf-blur" -> "least relevant first, blurred";
            case "insertion-ae" -> "most relevant pixels shown on a grey spot: should rise fast";
            case "insertion-ae-top1" -> "how often the class comes first meanwhile";
            case "rise-insertion" -> "most relevant pixels shown on the blurred picture";
            case "rise-deletion" -> "most relevant pixels blackened: should fall fast";
            case "road-morf" -> "most relevant pixels filled in from their neighbours: should fall fast";
            case "road-lerf" -> "least relevant pixels filled in from their neighbours: should stay up";
            case "randomisation-spearman" -> "rank correlation with the map of the model that forgot: should fall";
            case "randomisation-spearman-abs" -> "the same without signs";
            case "randomisation-ssim" -> "structural similarity to the map of the model that forgot: should fall";
            case "randomisation-ssim-abs" -> "the same without signs";
            default -> "";
        };
    }

    static String across(String curve) {
        if (curve.startsWith("randomisation")) {
            return "of the layers have forgotten, from the output down";
        }
        return curve.contains("insertion") ? "of the picture shown" : "of the picture covered";
    }

    static String group(String group, String reference) {
        return switch (group) {
            case "best" -> "Where " + Html.escaped(reference) + " does best";
            case "worst" -> "Where " + Html.escaped(reference) + " does worst";
            default -> "Where methods disagree most";
        };
    }
}
