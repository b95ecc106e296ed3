package dev.antiphon.benchmarks.dialogs;

import static dev.antiphon.flow.dsl.FlowDsl.task;

import dev.antiphon.benchmarks.dialogs.ServiceSchema.Intent;
import dev.antiphon.flow.Done;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.Item;
import dev.antiphon.flow.ServiceBuilder;
import dev.antiphon.flow.Task;
import dev.antiphon.flow.TaskBuilder;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.TextType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a flow of a service's schema, through the public DSL and by nothing but what the schema says. */
final class SchemaFlows {
    private static final int LONGEST_VALUE = 500;
    /** People who annotated such dialogues asked for one value in three of four questions, and seldom for more than two. */
    private static final int TOGETHER = 2;

    private SchemaFlows() {}

    /** The world outside: what a service answers. */
    interface Services {
        Answer call(String service, String intent, Map<String, String> values);
    }

    /**
     * An answer.
     *
     * @param status {@code ok}, {@code alternative}, {@code failed} or {@code empty}
     */
    record Answer(List<Item> items, String status) {}

    static Flow<?> flow(ServiceSchema schema, Services services) {
        return Flow.service(schema.name(), service -> {
            ServiceBuilder all = service.goal(schema.description()).askTogether(TOGETHER);
            for (Intent intent : schema.intents()) {
                all = all.task(taskOf(schema, intent, services));
            }
            return all;
        });
    }

    private static Task<Item> taskOf(ServiceSchema schema, Intent intent, Services services) {
        return task(intent.name(), Item.class, task -> {
            TaskBuilder<Item, Object> shaped = task.called(intent.description());
            for (String required : intent.required()) {
                shaped = shaped.collect(slot(schema, required));
            }
            for (Map.Entry<String, String> optional : intent.optional().entrySet()) {
                Slot<String> slot = slot(schema, optional.getKey());
                shaped = optional.getValue().equals(ServiceSchema.ANY)
                        ? shaped.accept(slot)
                        : shaped.accept(slot, optional.getValue());
            }
            return intent.isTransactional()
                    ? shaped.attempt(intent.name(), values -> transaction(schema, intent, services, values))
                    : shaped.find(
                            values -> services.call(schema.name(), intent.name(), values.values())
                                    .items(),
                            intent.key().orElse(""),
                            intent.offered(),
                            intent.page());
        });
    }

    private static Done<String> transaction(ServiceSchema schema, Intent intent, Services services, Item values) {
        Answer answer = services.call(schema.name(), intent.name(), values.values());
        Optional<Item> first = answer.items().stream().findFirst();
        return switch (answer.status()) {
            case "ok" -> new Done.Made<>(first, intent.name());
            case "alternative" ->
                first.<Done<String>>map(Done.Alternative::new).orElseGet(() -> new Done.Refused<>(""));
            default -> new Done.Refused<>("");
        };
    }

    private static Slot<String> slot(ServiceSchema schema, String name) {
        String description = schema.slots().getOrDefault(name, name);
        return Slot.of(name, new TextType(LONGEST_VALUE)).ask(description + "?").optional();
    }
}
