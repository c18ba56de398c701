using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;

namespace Serverless.Emulator.Tests.Functions;

public sealed class KeyedSample(IConfiguration settings)
{
    [Function("Open")]
    public IResult Open([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Text(settings["Some:Thing"] ?? "-");

    [Function("Keyed")]
    public static IResult Keyed([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => Results.Ok();

    [Function("Master")]
    public static IResult Master([HttpTrigger(AuthorizationLevel.Admin, "get")] HttpRequest request) => Results.Ok();
}

/// <summary>Keys, host.json, settings and the admin API (SEMANTICS 4.1 and 7).</summary>
public sealed class HostTests
{
    [Fact]
    public async Task A_function_key_opens_its_function_and_the_master_key_opens_all()
    {
        await using var host = await StartAsync();
        var master = await KeyAsync(host, "admin/host/keys", "_master");
        var everyFunction = await KeyAsync(host, "admin/host/keys", "default");
        var own = await KeyAsync(host, "admin/functions/Keyed/keys", "default");
        var other = await KeyAsync(host, "admin/functions/Open/keys", "default");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "api/Keyed", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "api/Keyed", other));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "api/Keyed", own));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "api/Keyed", everyFunction));
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync($"api/Keyed?code={own}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "api/Master", everyFunction));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "api/Master", master));
    }

    [Fact]
    public async Task Keys_outlive_a_restart()
    {
        var host = await StartAsync();
        var own = await KeyAsync(host, "admin/functions/Keyed/keys", "default");
        await using var again = await host.RestartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(again, "api/Keyed", own));
    }

    [Fact]
    public async Task The_route_prefix_comes_from_host_json_and_a_setting_overrides_it()
    {
        const string HostJson = """{ "version": "2.0", "extensions": { "http": { "routePrefix": "v9" } } }""";
        await using var plain = await StartAsync(options => options.HostJson = HostJson);
        await using var overridden = await StartAsync(options =>
        {
            options.HostJson = HostJson;
            options.Settings["AzureFunctionsJobHost__extensions__http__routePrefix"] = "";
        });
        Assert.Equal(HttpStatusCode.OK, (await plain.Client.GetAsync("v9/Open")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await overridden.Client.GetAsync("Open")).StatusCode);
    }

    [Fact]
    public async Task A_setting_of_the_test_reaches_the_app()
    {
        await using var host = await StartAsync(options => options.Settings["Some__Thing"] = "y");
        Assert.Equal("y", await host.Client.GetStringAsync("api/Open"));
    }

    [Fact]
    public async Task A_disabled_function_is_not_served_and_is_listed_as_such()
    {
        await using var host = await StartAsync(options => options.Settings["AzureWebJobs.Open.Disabled"] = "true");
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("api/Open")).StatusCode);
        Assert.Contains("\"isDisabled\":true", await host.Client.GetStringAsync("admin/functions/Open"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_admin_api_tells_the_state_and_lists_the_functions_with_their_urls()
    {
        await using var host = await StartAsync();
        Assert.Contains("\"state\":\"Running\"", await host.Client.GetStringAsync("admin/host/status"), StringComparison.Ordinal);
        using var functions = JsonDocument.Parse(await host.Client.GetStringAsync("admin/functions"));
        Assert.Equal(["Keyed", "Master", "Open"], functions.RootElement.EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        Assert.Equal(
            $"{host.BaseAddress}api/Keyed", functions.RootElement[0].GetProperty("invoke_url_template").GetString());
    }

    [Fact]
    public async Task The_admin_api_refuses_a_request_for_another_host_name()
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "admin/host/status") { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client.SendAsync(request)).StatusCode);
    }

    private static async Task<FunctionsTestHost> StartAsync(Action<FunctionsTestHostOptions>? configure = null)
    {
        var azurite = await AzuriteServer.SharedAsync();
        return await FunctionsTestHost.StartAsync(
            builder => builder.ConfigureFunctionsWebApplication(),
            [typeof(KeyedSample)],
            options =>
            {
                options.Storage = azurite.ConnectionString;
                configure?.Invoke(options);
            });
    }

    private static async Task<string> KeyAsync(FunctionsTestHost host, string path, string name)
    {
        using var keys = JsonDocument.Parse(await host.Client.GetStringAsync(path));
        return keys.RootElement.GetProperty("keys").EnumerateArray().Single(key => key.GetProperty("name").GetString() == name).GetProperty("value").GetString()!;
    }

    private static async Task<HttpStatusCode> StatusAsync(FunctionsTestHost host, string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
            request.Headers.Add("x-functions-key", key);

        return (await host.Client.SendAsync(request)).StatusCode;
    }
}
