using System.Text.Json.Nodes;

namespace Serverless.Sandbox.Tests;

internal static class Messages
{
    public static string Push(string id, string customer = "100000001", string text = "OSHEE: 950.00 ALL", string? title = null, string? link = null, string to = "token-1") =>
        Of(id, customer, to, title, text, link);

    public static string Sms(string id, string customer = "100000001", string to = "+355691000001") => Of(id, customer, to, null, "Code 123456", null);

    public static string Email(string id, string customer = "100000001", string? title = "Paid") => Of(id, customer, "test.test@example.com", title, "Your invoice is paid.", null);

    /// <summary>The messages of the inbox, newest first, as "channel id".</summary>
    public static async Task<string[]> InboxAsync(this SandboxHost sandbox, string query = "") =>
        [.. (await sandbox.GetAsync($"/inbox/messages{query}")).Json["messages"]!.AsArray().Select(message => $"{message!["channel"]} {message["id"]}")];

    private static string Of(string id, string customer, string to, string? title, string text, string? link) => new JsonObject
    {
        ["id"] = id,
        ["customer"] = customer,
        ["to"] = to,
        ["title"] = title,
        ["text"] = text,
        ["link"] = link,
        ["language"] = "sq",
    }.ToJsonString();
}
