package dev.gatehouse.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** HTTP, straight and without a proxy: a credential is shown to the server that was named and to nobody on the way. */
record Network(String origin) implements Transport {
    @Override
    @SuppressWarnings("resource") // The answer closes it.
    public Response open(Call call, Duration patience) throws IOException, InterruptedException {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(patience)
                .build();
        try {
            var response = client.send(request(call, patience), BodyHandlers.ofInputStream());
            var headers = response.headers().map().entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> entry.getKey().toLowerCase(Locale.ROOT),
                            entry -> entry.getValue().getFirst(),
                            (first, second) -> first));
            return new Response(response.statusCode(), headers, response.body(), client::shutdownNow);
        } catch (IOException | InterruptedException e) {
            client.shutdownNow();
            throw e;
        }
    }

    private HttpRequest request(Call call, Duration patience) {
        var request = HttpRequest.newBuilder(URI.create(origin + call.path())).timeout(patience);
        call.headers().forEach(request::header);
        return request.method(
                        call.method(), call.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody))
                .build();
    }
}
