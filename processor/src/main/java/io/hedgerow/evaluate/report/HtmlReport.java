package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.evaluate.data.Sample;
import io.hedgerow.evaluate.run.CaseViews;
import java.util.List;

/** stub */
public final class HtmlReport {
    public static final String FILE = "report.html";

    public HtmlReport(JsonNode report, TrialTable table, CaseViews views, List<Sample> samples) {}

    public String html() {
        return "";
    }
}
