package dev.antiphon.server;

import dev.antiphon.connection.StatusPoller;
import dev.antiphon.connection.StatusRequests;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.StatusPage;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/** Asks the services of a ladder which of their models cannot be used, as long as the actor system runs. */
final class ModelStatus {
    private ModelStatus() {}

    /** Without a place whose service tells a status nothing is started. */
    static void watch(ServerSettings settings, ActorSystem<?> system) {
        Map<StatusPage, List<ModelEndpoint>> pages = StatusPoller.pages(settings.ladder());
        if (pages.isEmpty()) {
            return;
        }
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        system.getWhenTerminated().whenComplete((done, problem) -> http.shutdownNow());
        StatusRequests requests = StatusRequests.over(http);
        int number = 0;
        for (Map.Entry<StatusPage, List<ModelEndpoint>> page : pages.entrySet()) {
            system.systemActorOf(
                    StatusPoller.create(
                            page.getKey(), page.getValue(), settings.endpoints(), requests, settings.statusInterval()),
                    "model-status-" + ++number,
                    Props.empty());
        }
    }
}
