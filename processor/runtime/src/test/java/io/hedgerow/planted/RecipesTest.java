package io.hedgerow.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every two choices meet among the first recipes. */
class RecipesTest {
    private final Recipes recipes = new Recipes(7);

    @Test
    void shouldLetEveryTwoChoicesMeet() {
        Set<String> met = new HashSet<>();
        for (int i = 0; i < recipes.inWhichAllMeet(); i++) {
            List<Enum<?>> choices = recipes.get(i).choices();
            for (int a = 0; a < choices.size(); a++) {
                for (int b = a + 1; b < choices.size(); b++) {
                    met.add(a + " " + choices.get(a) + " " + b + " " + choices.get(b));
                }
            }
        }

        int[] levels = Recipe.levels();
        int pairs = 0;
        for (int a = 0; a < levels.length; a++) {
            for (int b = a + 1; b < levels.length; b++) {
                pairs += levels[a] * levels[b];
            }
        }
        assertThat(met).hasSize(pairs);
        assertThat(recipes.inWhichAllMeet()).isLessThan(1000);
    }

    @Test
    void shouldReadWhatItWrites() {
        for (int i = 0; i < 50; i++) {
            Recipe recipe = recipes.get(i);

            assertThat(Recipe.parse(recipe.toString())).isEqualTo(recipe);
            assertThat(new Recipes(7).get(i)).isEqualTo(recipe);
        }
    }
}
