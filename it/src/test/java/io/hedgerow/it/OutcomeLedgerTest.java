package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OutcomeLedgerTest {
    private record Entry(String topic, int partition, int inputPartition, long inputOffset) {}

    private final OutcomeLedger ledger = new OutcomeLedger();

    @Test
    void shouldFindNothingWrongWithACompleteAccount() {
        feed(account());

        assertThat(ledger.problems()).isEmpty();
    }

    @RepeatedTest(50)
    void shouldNameALoss(RepetitionInfo repetition) {
        List<Entry> account = account();
        Entry lost = account.remove(random(repetition, account.size()));
        feed(account);

        assertThat(ledger.problems()).singleElement().asString().contains("lost", position(lost));
    }

    @RepeatedTest(50)
    void shouldNameADouble(RepetitionInfo repetition) {
        List<Entry> account = account();
        int index = random(repetition, account.size());
        account.add(index, account.get(index));
        feed(account);

        assertThat(ledger.problems()).singleElement().asString().contains("doubled", position(account.get(index)));
    }

    @RepeatedTest(50)
    void shouldNoticeAnOutcomeInBothTopics(RepetitionInfo repetition) {
        List<Entry> account = account();
        Entry entry = account.get(random(repetition, account.size()));
        String other = entry.topic().equals("good") ? "dead" : "good";
        account.add(new Entry(other, entry.partition(), entry.inputPartition(), entry.inputOffset()));
        feed(account);

        assertThat(ledger.problems())
                .anyMatch(problem -> problem.contains("doubled") && problem.contains(position(entry)));
    }

    @RepeatedTest(50)
    void shouldNoticeASwap(RepetitionInfo repetition) {
        List<Entry> account = account();
        int index = random(repetition, 99);
        // Neighbours in this list are of one partition and topic.
        Collections.swap(account, index, index + 1);
        feed(account);

        assertThat(ledger.problems()).isNotEmpty().allMatch(problem -> problem.contains("out of order"));
    }

    @Test
    void shouldNoticeAnOutcomeInAnotherPartition() {
        List<Entry> account = account();
        Entry entry = account.get(5);
        account.set(5, new Entry(entry.topic(), 3, entry.inputPartition(), entry.inputOffset()));
        feed(account);

        assertThat(ledger.problems()).singleElement().asString().contains("misplaced", position(entry));
    }

    @Test
    void shouldNoticeAnOutcomeOfNothing() {
        feed(account());
        ledger.outcome("good", 0, 0, 100_000);

        assertThat(ledger.problems()).singleElement().asString().contains("invented", "100000");
    }

    @Test
    void shouldNoticeATransactionThatIsOpen() {
        feed(account());
        ledger.end("good", 0, 110, 110);
        ledger.end("good", 1, 100, 110);
        ledger.transaction("app-1", "Ongoing");

        assertThat(ledger.problems())
                .containsExactly(
                        "open: good-1 ends at 110, but what comes after 100 is not committed",
                        "open: transaction app-1 is Ongoing");
    }

    @Test
    void shouldNoticeAGroupThatIsNotAtTheEnd() {
        feed(account());
        ledger.group(0, 110, 110);
        ledger.group(1, 109, 110);

        assertThat(ledger.problems()).containsExactly("lagging: the group is at 109 in partition 1, which ends at 110");
    }

    /** Registers inputs with gaps, as transaction markers leave them, and accounts for all of them. */
    private List<Entry> account() {
        List<Entry> account = new ArrayList<>();
        for (int partition = 0; partition < 2; partition++) {
            for (long offset = 0; offset < 110; offset++) {
                if (offset % 11 != 10) {
                    ledger.input(partition, offset);
                    account.add(new Entry(partition == 0 ? "good" : "dead", partition, partition, offset));
                }
            }
        }
        return account;
    }

    private void feed(List<Entry> account) {
        account.forEach(e -> ledger.outcome(e.topic(), e.partition(), e.inputPartition(), e.inputOffset()));
    }

    private static int random(RepetitionInfo repetition, int bound) {
        return new Random(repetition.getCurrentRepetition()).nextInt(bound);
    }

    private static String position(Entry entry) {
        return "partition=%d, offset=%d]".formatted(entry.inputPartition(), entry.inputOffset());
    }
}
