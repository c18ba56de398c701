using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Serverless.Functions.Tests.Applications;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.PensionFunds;

/// <summary>A customer of working age who saves for a pension, in a user's words; the companies are the sandbox's.</summary>
public sealed class FundSaver(ApplicationsBank scene, Applicant applicant)
{
    public const string Secret = "c2FuZGJveCBvbmx5LCBwZW5zaW9ucy4uLi4uLi4uLi4=";

    public const string Start = """{"planId":"raja-balanced","description":"Pensioni im","acceptedTerms":"2026-01"}""";

    public Sender Sender => applicant.Sender;

    public Applicant Applicant => applicant;

    public HttpClient Client => scene.Bank.Client(Sender.Token);

    public static async Task<FundSaver> ComeAsync(ApplicationsBank scene) => new(scene, await scene.ApplicantAsync());

    public Task<Answer> GetAsync(string path = "") => Sender.GetAsync($"v1/pension-funds{path}");

    public Task<Answer> PutAsync(string path, string json) => Sender.CallAsync("PUT", $"v1/pension-funds{path}", json);

    public Task<Answer> QuoteAsync(string path, string? json = null) => Sender.CallAsync("POST", $"v1/pension-funds{path}/quotes", json);

    public Task<Answer> ConfirmAsync(string path, Answer quote, string more = "", string? key = null)
    {
        Assert.True(quote.Status == 200, quote.ToString());
        return Sender.PostAsync($"v1/pension-funds{path}", JsonNode.Parse($$"""{"quoteId":"{{quote.Json["quoteId"]}}"{{more}}}""")!, key);
    }

    public static string OneTime(OpenedAccount from, string amount) =>
        $$$"""{"paymentMode":"one_time","fromAccountId":"{{{from.Id}}}","amount":{"amount":"{{{amount}}}","currency":"ALL"}}""";

    /// <param name="mode"><c>periodic</c> in an application, <c>automatic</c> in the settings.</param>
    public static string Periodic(OpenedAccount from, string amount, LocalDate on, int months = 1, LocalDate? until = null, string mode = "periodic") => $$$"""
        {"paymentMode":"{{{mode}}}","fromAccountId":"{{{from.Id}}}","amount":{"amount":"{{{amount}}}","currency":"ALL"},"frequencyMonths":{{{months}}},"paymentDate":"{{{on:uuuu-MM-dd}}}",
        "endDate":{{{(until is { } end ? $"\"{end:uuuu-MM-dd}\"" : "null")}}}}
        """;

    /// <summary>A draft.</summary>
    public async Task<Guid> StartAsync()
    {
        var started = await Sender.PostAsync("v1/pension-funds/applications", JsonNode.Parse(Start)!);
        Assert.True(started.Status == 201, started.ToString());
        return Guid.Parse((string)started.Json["application"]!["id"]!);
    }

    /// <summary>Applied for and confirmed.</summary>
    public async Task<Guid> ApplyAsync(string payment)
    {
        var id = await StartAsync();
        var saved = await PutAsync($"/applications/{id}/payment", payment);
        Assert.True(saved.Status == 200, saved.ToString());

        var confirmed = await ConfirmAsync($"/applications/{id}/submission", await QuoteAsync($"/applications/{id}"), ""","acceptedContract":"2026-01" """);
        Assert.True(confirmed.Status == 200, confirmed.ToString());
        await scene.Bank.WhenIdleAsync();
        return id;
    }

    /// <summary>Applied for, confirmed, and signed at the company.</summary>
    public async Task<Guid> OpenAsync(string payment)
    {
        var id = await ApplyAsync(payment);
        await StepAsync(id, "sign");
        return id;
    }

    /// <param name="step"><c>contact</c>, <c>sign</c>, <c>cancel</c>.</param>
    public async Task StepAsync(Guid id, string step)
    {
        using var stepped = await scene.Bank.Sandbox.PostAsync($"managers/pensions/applications/{id:N}/steps", HttpBank.Json($$"""{"step":"{{step}}"}"""));
        stepped.EnsureSuccessStatusCode();
        await scene.WhenToldAsync("pensions");
    }

    /// <summary>An event of the company, signed as it signs.</summary>
    public Task<Answer> ToldAsync(string type, JsonObject data, string? id = null, string secret = Secret) =>
        scene.WebhookAsync("pensions", new JsonObject { ["type"] = type, ["data"] = data }, secret, id);

    /// <summary><c>draft submitted contacted</c>.</summary>
    public async Task<string> TimelineAsync(Guid id) =>
        string.Join(' ', (await GetAsync($"/applications/{id}")).Json["timeline"]!.AsArray().Select(step => (string)step!["status"]!));

    /// <summary>What the company took, oldest first: <c>1000.00 ALL</c>.</summary>
    public async Task<string[]> TakenAsync(string contract)
    {
        var all = JsonNode.Parse(await scene.Bank.Sandbox.GetStringAsync("managers/pensions/contributions"))!["contributions"]!.AsArray();
        return [.. all.Where(one => (string?)one!["contractNumber"] == contract).Select(one => Sender.Amount(one!["amount"]))];
    }

    /// <summary>The application as the company has it.</summary>
    public async Task<JsonNode> AtCompanyAsync(Guid id) =>
        (await scene.Bank.Sandbox.GetFromJsonAsync<JsonObject>("managers/pensions/applications"))!["applications"]!.AsArray()
            .Single(one => (string)one!["application"]!["applicationId"]! == id.ToString("N"))!;

    /// <summary>Newest first: <c>automatic booked 1000.00 ALL 1.0000</c>.</summary>
    public async Task<string[]> ContributionsAsync(Guid id) =>
        [.. (await GetAsync($"/{id}/contributions")).Json["items"]!.AsArray().Select(one => $"{one!["kind"]} {one["status"]} {Sender.Amount(one["amount"])} {one["quotas"]}".TrimEnd())];

    public async Task<string[]> TitlesAsync(string channel = "push")
    {
        await scene.Bank.WhenIdleAsync();
        var inbox = await scene.Bank.Sandbox.GetFromJsonAsync<JsonObject>($"inbox/messages?customer={Sender.Number}&channel={channel}");
        return [.. inbox!["messages"]!.AsArray().Select(message => (string)message!["title"]!)];
    }
}
