using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace Serverless.Emulator.Tests.Functions;

/// <summary>Rules of SEMANTICS 2 and 4: HTTP functions with ASP.NET Core's types.</summary>
public sealed class HttpTests : IAsyncLifetime
{
    private FunctionsTestHost host = null!;

    public async ValueTask InitializeAsync() => host = await FunctionsTestHost.StartAsync(HttpSample.Program, [typeof(HttpSample)]);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_route_is_the_prefix_and_the_function_name_when_none_is_given() =>
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("api/Empty")).StatusCode);

    [Fact]
    public async Task An_action_result_is_executed_with_camel_case_json() =>
        Assert.Equal("""{"name":"Ana","times":2}""", await host.Client.GetStringAsync("api/Action"));

    [Fact]
    public async Task A_plain_object_returned_writes_nothing()
    {
        var answer = await host.Client.GetAsync("api/Poco");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Route_values_are_converted_to_the_parameters_types()
    {
        var id = Guid.NewGuid();
        Assert.Equal($"{id:N} 7", await host.Client.GetStringAsync($"api/v1/things/{id}/7"));
        Assert.Equal("2026-01-31 5 Dated", await host.Client.GetStringAsync("api/dates/2026-01-31/5"));
    }

    [Fact]
    public async Task An_optional_segment_may_be_missing() =>
        Assert.EndsWith(" ", await host.Client.GetStringAsync($"api/v1/things/{Guid.NewGuid()}"), StringComparison.Ordinal);

    [Fact]
    public async Task A_constraint_that_does_not_hold_is_404() =>
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("api/v1/things/limits")).StatusCode);

    [Fact]
    public async Task A_route_value_that_cannot_be_converted_fails_the_invocation() =>
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.Client.GetAsync("api/dates/yesterday/5")).StatusCode);

    [Fact]
    public async Task Another_method_is_405_and_says_which_are_allowed()
    {
        var answer = await host.Client.PostAsync("api/Empty", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task No_methods_means_any_method()
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete, HttpMethod.Options, HttpMethod.Patch })
        {
            var answer = await host.Client.SendAsync(new HttpRequestMessage(method, "api/any"));
            Assert.Equal(method.Method, await answer.Content.ReadAsStringAsync());
        }

        var head = await host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "api/any"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_workers_own_request_and_response_work_in_this_mode_too()
    {
        var answer = await host.Client.PostAsync("api/Written?name=Besa", null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("POST", answer.Headers.GetValues("X-Method").Single());
        Assert.Equal("""{"Name":"Besa","Times":1}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task FromBody_reads_json_in_any_case()
    {
        var answer = await host.Client.PostAsJsonAsync("api/FromBody", new { NAME = "Ana", times = 3 });
        Assert.Equal("Ana 3", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("Ana", "text/plain")]
    public async Task FromBody_of_what_it_cannot_read_is_500_without_a_body(string body, string contentType)
    {
        var answer = await host.Client.PostAsync("api/FromBody", new StringContent(body, Encoding.UTF8, contentType));
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_mvc_attribute_FromBody_does_nothing() =>
        Assert.Equal("null", await (await host.Client.PostAsJsonAsync("api/MvcFromBody", new { })).Content.ReadAsStringAsync());

    [Fact]
    public async Task An_exception_that_escapes_is_500_without_a_body()
    {
        var answer = await host.Client.GetAsync("api/Throws");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task One_scope_per_invocation_serves_class_context_and_request()
    {
        var first = (await host.Client.GetStringAsync("api/Scope")).Split(' ');
        var second = (await host.Client.GetStringAsync("api/Scope")).Split(' ');
        Assert.Single(first[..3].Distinct());
        Assert.Equal("True", first[3]);
        Assert.NotEqual(first[0], second[0]);
    }

    [Fact]
    public async Task A_body_of_100_MB_goes_through()
    {
        const int Most = 104_857_600;
        var answer = await host.Client.PostAsync("api/Length", new ByteArrayContent(new byte[Most]));
        Assert.Equal(Most.ToString(System.Globalization.CultureInfo.InvariantCulture), await answer.Content.ReadAsStringAsync());
    }
}
