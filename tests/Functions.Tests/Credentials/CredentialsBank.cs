using System.Globalization;
using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Credentials;

/// <summary>One bank for the tests of credentials; every test has clients of its own.</summary>
public sealed class CredentialsBank : IAsyncLifetime
{
    private static int numbers = 610_000_000;

    public HttpBank Bank { get; private set; } = null!;

    public SignInWalk Walk { get; private set; } = null!;

    public HttpClient Teller { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Bank = await HttpBank.StartAsync();
        Walk = new SignInWalk(Bank.Anonymous, Bank.Sandbox);
        await RenewTellerAsync();
    }

    /// <summary>Tokens of staff end while a test moves the clock.</summary>
    public async Task RenewTellerAsync() => Teller = await Bank.StaffAsync();

    public ValueTask DisposeAsync() => Bank.DisposeAsync();

    public static string NewNumber() => Interlocked.Increment(ref numbers).ToString(CultureInfo.InvariantCulture);

    /// <summary>Contact details and contract; not registered.</summary>
    public async Task<string> NewClientAsync(string? personalNumber = null)
    {
        var number = NewNumber();
        await Walk.BecomeClientAsync(Teller, number, personalNumber);
        return number;
    }

    /// <summary>A call without a token: <c>200 {...}</c>, or <c>422 otp_wrong</c> for a problem, whose document is the node.</summary>
    public Task<Told> PostAsync(string path, string body = "") => SendAsync(Bank.Anonymous, HttpMethod.Post, $"api/public/v1/{path}", body);

    public async Task<Told> SendAsync(HttpClient client, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body.Length > 0 ? HttpBank.Json(body) : null };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new Told((int)answer.StatusCode, text.Length > 0 ? JsonNode.Parse(text)! : new JsonObject(), answer.Headers.RetryAfter?.Delta);
    }

    public Task<Told> LoginAsync(string identifier, string password, TestDevice? device) => PostAsync("login", SignInWalk.LoginBody(identifier, password, device));
}

public sealed record Told(int Status, JsonNode Json, TimeSpan? RetryAfter)
{
    public string Code => (string?)Json["code"] ?? "";

    /// <summary><c>422 otp_wrong</c>, or the status alone.</summary>
    public override string ToString() => $"{Status} {Code}".TrimEnd();

    /// <summary>The codes of faulty input, in their order.</summary>
    public string Faults => string.Join(' ', Json["errors"]!.AsArray().Select(fault => (string)fault!["code"]!));
}
