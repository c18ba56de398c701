using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking;
using Serverless.Emulator;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Insurance;

/// <summary>One bank and its insurers for everything about insurance: a Wednesday at eleven in Tirana. Of the timers only those that a test fires run.</summary>
public sealed class InsuranceBank : TransferBank, IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2027, 3, 3, 10, 0, 0, TimeSpan.Zero);

    private static int people;

    public BankLog Log { get; } = new();

    public new async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Bank.Sandbox.PostAsync("clock", HttpBank.Json($$"""{"now":"{{Now.UtcDateTime:O}}"}"""))).EnsureSuccessStatusCode();
    }

    public DateTimeOffset Now => Bank.Host.Clock.GetUtcNow();

    private LocalDate Today => Instant.FromDateTimeOffset(Now).InZone(BankTime.Tirane).Date;

    /// <summary>The second working day after today: no holiday is near.</summary>
    public string OriginalBy => LocalDatePattern.Iso.Format(Enumerable.Range(1, 9).Select(Today.PlusDays).Where(day => day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday)).ElementAt(1));

    /// <summary>Every <c>@3</c> of the text as the date in three days, <c>@3d15</c>, <c>@3m1</c>, <c>@3y1</c> as the last day of so many days, months, years from then.</summary>
    public string Dated(string text) => Regex.Replace(text, @"@(-?\d+)(?:([dmy])(\d+))?", match =>
    {
        var (start, length) = (Today.PlusDays(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)), match.Groups[3].Success ? int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture) : 0);
        return LocalDatePattern.Iso.Format(match.Groups[2].Value switch
        {
            "d" => start.PlusDays(length - 1),
            "m" => start.PlusMonths(length).PlusDays(-1),
            "y" => start.PlusYears(length).PlusDays(-1),
            _ => start,
        });
    });

    /// <summary>Registered at the branch, born in 1985.</summary>
    public Task<Sender> InsuredAsync(string name = "Arta Hoxha") =>
        CustomerAsync(name, personalNumber: string.Create(CultureInfo.InvariantCulture, $"I5{1 + (Interlocked.Increment(ref people) / 28):D2}{1 + (people % 28):D2}{100 + people}L"));

    /// <param name="insurer">Null for all three.</param>
    public async Task TurnAsync(string? insurer, string knobs)
    {
        foreach (var one in insurer is null ? (string[])["adriatik", "iliria", "shqiponja"] : [insurer])
        {
            using var answer = await Bank.Sandbox.PutAsync($"knobs/{one}", HttpBank.Json(knobs));
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Signed as the insurer signs.</summary>
    public Task<Answer> WebhookAsync(string insurer, string type, JsonObject data, string? id = null)
    {
        var secret = insurer switch
        {
            "adriatik" => "c2FuZGJveCBvbmx5LCBhZHJpYXRpay4uLi4uLg==",
            "iliria" => "c2FuZGJveCBvbmx5LCBpbGlyaWEuLi4uLi4uLg==",
            _ => "c2FuZGJveCBvbmx5LCBzaHFpcG9uamEuLi4uLg==",
        };
        var text = new JsonObject { ["type"] = type, ["data"] = data.DeepClone() }.ToJsonString();
        var (message, at) = (id ?? $"msg_{Guid.NewGuid():N}", Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret), Encoding.UTF8.GetBytes($"{message}.{at}.{text}")));
        return Bank.CallAsync("POST", $"webhooks/{insurer}", text, change: request =>
        {
            request.Headers.Add("webhook-id", message);
            request.Headers.Add("webhook-timestamp", at);
            request.Headers.TryAddWithoutValidation("webhook-signature", $"v1,{signature}");
        });
    }

    /// <summary>What the insurer has of an order, as it tells the bank.</summary>
    public static JsonObject Word(string purchase, string status, string? number = null) => new()
    {
        ["purchaseId"] = Guid.Parse(purchase).ToString("N"),
        ["status"] = status,
        ["policy"] = number is null ? null : new JsonObject { ["number"] = number, ["start"] = "2027-03-04", ["end"] = "2028-03-03", ["documentHash"] = new string('a', 64) },
        ["code"] = number is null ? "risk_too_high" : null,
    };

    /// <returns>The insurer's order of a purchase: <c>issued ADR-000001</c>; null when it never came.</returns>
    public async Task<string?> OrderAsync(string insurer, string purchase)
    {
        var orders = await Bank.Sandbox.GetFromJsonAsync<JsonObject>($"insurers/{insurer}/orders");
        return orders!["orders"]!.AsArray().Where(order => (string)order!["purchaseId"]! == Guid.Parse(purchase).ToString("N"))
            .Select(order => $"{order!["status"]} {order["number"]}".Trim()).SingleOrDefault();
    }

    public async Task<string[]> PushesAsync(Sender customer)
    {
        await Bank.WhenIdleAsync();
        var inbox = await Bank.Sandbox.GetFromJsonAsync<JsonObject>($"inbox/messages?customer={customer.Number}&channel=push");
        return [.. inbox!["messages"]!.AsArray().Select(message => (string)message!["text"]!).Where(text => text.Contains("polic", StringComparison.Ordinal))];
    }

    public async Task ProveAsync()
    {
        var balance = await Bank.CallAsync("GET", "backoffice/v1/ledger/trial-balance", token: await Bank.TokenAsync(new() { ["staff"] = "officer-1", ["roles"] = "ledger" }));
        Assert.True((bool)balance.Json["isProven"]!, balance.ToString());
    }

    /// <param name="questions">Dates as in <see cref="Dated"/>.</param>
    public Task<Answer> AskAsync(Sender customer, string kind, string questions) => customer.CallAsync("POST", "v1/insurance/offers", Dated($$"""{"{{kind}}":{{questions}}}"""));

    /// <summary>The offer of an insurer.</summary>
    public static string OfferOf(Answer offers, string insurer = "Adriatik Sigurime")
    {
        Assert.True(offers.Status == 200, offers.ToString());
        return (string)offers.Json["offers"]!.AsArray().First(offer => (string)offer!["insurer"]! == insurer)!["id"]!;
    }

    public Task<Answer> QuoteAsync(Sender customer, string offer, OpenedAccount account, string more = "") =>
        customer.CallAsync("POST", "v1/insurance/quotes", Dated($$"""{"offerId":"{{offer}}","accountId":"{{account.Id}}"{{(more.Length > 0 ? "," + more : "")}}}"""));

    public static string Confirmation(Answer quote, string terms = "2026-01")
    {
        Assert.True(quote.Status == 200, quote.ToString());
        return new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]!, ["acceptedTerms"] = terms }.ToJsonString();
    }

    public static Task<Answer> BuyAsync(Sender customer, Answer quote, string? key = null, string terms = "2026-01") =>
        customer.PostAsync("v1/insurance/policies", JsonNode.Parse(Confirmation(quote, terms))!, key);

    /// <summary>Telehealth from tomorrow, ordered.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> OrderedAsync(Sender customer, OpenedAccount account, string insurer = "Adriatik Sigurime")
    {
        var offers = await AskAsync(customer, "telehealth", Telehealth);
        var bought = await BuyAsync(customer, await QuoteAsync(customer, OfferOf(offers, insurer), account));
        Assert.True(bought.Status == 202, bought.ToString());
        return (string)bought.Json["id"]!;
    }

    public static Task<Answer> OnceAsync(Sender customer, string policy, string state) =>
        customer.GetOnceAsync($"v1/insurance/policies/{policy}", answer => (string)answer.Json["state"]! == state);

    public const string Telehealth = """
        {"start":"@1","firstName":"Drita","lastName":"Leka","birthDate":"1991-05-06","fathersName":"Gjergj","personalNumber":"J15506078A","family":["J45678901A"]}
        """;

    protected override void Configure(FunctionsTestHostOptions options)
    {
        options.Clock = new MovableClock(Start);
        options.ConfigureLogging(logging => logging.AddProvider(Log));
        foreach (var insurer in (string[])["adriatik", "iliria", "shqiponja"])
        {
            options.Settings[$"Partners__Insurers__{insurer}__Retries"] = "0";
            options.Settings[$"Partners__Insurers__{insurer}__BreakDuration"] = "00:00:00.500";
        }

        foreach (var timer in options.Settings.Keys.Where(name => name.EndsWith("Schedule", StringComparison.Ordinal)).ToArray())
            options.Settings[timer] = "0 0 0 29 2 *";
    }
}
