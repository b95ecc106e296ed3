package dev.antiphon.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.Item;
import org.junit.jupiter.api.Test;

class ItemLogTest {
    private final ItemLog items = new ItemLog();

    @Test
    void whatIsInsertedCountsLikeWhatIsAppended() {
        items.append("first", said("one"));
        for (int i = 0; i < ItemLog.MAX_ITEMS; i++) {
            items.insert("inserted-" + i, said("more"), "first");
        }
        assertThat(items.size()).isEqualTo(ItemLog.MAX_ITEMS);
        assertThat(items.find("first")).isEmpty();
    }

    @Test
    void whatIsInsertedAtTheRootOfAFullLogIsThere() {
        for (int i = 0; i < ItemLog.MAX_ITEMS; i++) {
            items.append("item-" + i, said("more"));
        }
        items.insert("new", said("first of all"), "root");
        assertThat(items.find("new")).isPresent();
        assertThat(items.find("item-0")).isEmpty();
        assertThat(items.size()).isEqualTo(ItemLog.MAX_ITEMS);
    }

    @Test
    void theOldestAreForgottenWhenTheTextOfAllIsTooLong() {
        String text = "x".repeat(ItemLog.MAX_ITEM_CHARACTERS);
        int fit = ItemLog.MAX_CHARACTERS / ItemLog.MAX_ITEM_CHARACTERS;
        for (int i = 0; i <= fit; i++) {
            items.append("item-" + i, said(text));
        }
        assertThat(items.find("item-0")).isEmpty();
        assertThat(items.find("item-1")).isPresent();
        assertThat(items.characters()).isLessThanOrEqualTo(ItemLog.MAX_CHARACTERS);
    }

    private static Item said(String text) {
        return Item.Message.user(text);
    }
}
