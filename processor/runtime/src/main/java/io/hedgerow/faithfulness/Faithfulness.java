package io.hedgerow.faithfulness;

/**
 * What blurring parts of a picture did to the score of the class that was decided.
 *
 * @param classIndex the class
 * @param share of the map's cells that were blurred, the same in both copies; above 0, at most a quarter
 * @param evidenceDrop what its score, before softmax or sigmoid, fell without the evidence
 * @param chanceDrop what it fell with as many other cells blurred
 */
public record Faithfulness(int classIndex, float share, float evidenceDrop, float chanceDrop) {
    /** Whether the evidence mattered more than the other cells. */
    public boolean evidenceWins() {
        return evidenceDrop > chanceDrop;
    }
}
