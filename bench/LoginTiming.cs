using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Serverless.Bench;

/// <summary>Whether the time of an answer tells who is a user of the bank: wrong passwords of users and of nobody, in turns.</summary>
/// <remarks>
/// The share of pairs in which nobody's answer took longer (the statistic of Mann and Whitney): 0.5 when the two cannot be told apart. How far from it
/// chance alone comes, in 99 of 100 runs, follows from how many there are; a row beyond that is marked.
/// </remarks>
internal sealed partial class LoginTiming : IMeasurement
{
    /// <summary>Wrong tries of one identifier; the fifth would lock it.</summary>
    private const int TriesEach = 4;

    /// <summary>Of the normal distribution, for 99 of 100.</summary>
    private const double Deviations = 2.576;

    private const string Password = "Vera2026xKodi";

    public string Name => "login timing";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        var users = plan.Of(quick: 6, full: 25);
        await using var bank = await BenchBank.StartAsync(plan, [("Credentials:AddressTriesPerMinute", "100000")]);
        using var client = bank.Host.NewClient();
        var known = Enumerable.Range(0, users).Select(i => (640_000_001 + i).ToString(CultureInfo.InvariantCulture)).ToArray();
        using var teller = await bank.ClientAsync(await bank.Sandbox.StaffTokenAsync("teller-1", "branch"));
        foreach (var number in known)
            await RegisterAsync(bank, teller, client, number);

        List<double> ofUsers = [], ofNobody = [];
        for (var i = 0; i < users * TriesEach; i++)
        {
            var (user, nobody) = (known[i % users], (650_000_001 + (i % users)).ToString(CultureInfo.InvariantCulture));
            if (i % 2 == 0)
                ofUsers.Add(await TryAsync(client, user));
            ofNobody.Add(await TryAsync(client, nobody));
            if (i % 2 != 0)
                ofUsers.Add(await TryAsync(client, user));
        }

        var slower = ofNobody.Average(one => ofUsers.Average(other => one > other ? 1 : one < other ? 0 : 0.5));
        var chance = Deviations * Math.Sqrt((ofUsers.Count + ofNobody.Count + 1) / (12.0 * ofUsers.Count * ofNobody.Count)) / 0.5;
        return
        [
            new Row(
                "wrong password of nobody slower than of a user", "of pairs", slower, $"0.5: cannot be told apart; {ofUsers.Count} of each", 0.5)
            {
                AtLeast = Math.Floor((1 - chance) * 100) / 100,
                AtMost = Math.Ceiling((1 + chance) * 100) / 100,
            },
            new Row("wrong password of nobody, median", "ms", Percentiles.Of(ofNobody, 0.5), $"{Report.Text(Percentiles.Of(ofUsers, 0.5))}: of a user", Percentiles.Of(ofUsers, 0.5)),
        ];
    }

    private static async Task<double> TryAsync(HttpClient client, string number)
    {
        using var body = JsonContent.Create(new JsonObject
        {
            ["identifier"] = number,
            ["password"] = "Vera2026xGabim",
            ["channel"] = "web",
            ["installation"] = new JsonObject { ["id"] = "5f0c6d3e-9a41-4c1f-8b1e-2f1f6b7c9d10", ["name"] = "Shfletues", ["type"] = "web" },
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/public/v1/login") { Content = body };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        var start = Stopwatch.GetTimestamp();
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return text.Contains("\"invalid_credentials\"", StringComparison.Ordinal) ? took : throw new InvalidOperationException($"A wrong password was answered {text}");
    }

    /// <summary>By a unique code of the branch.</summary>
    private static async Task RegisterAsync(BenchBank bank, HttpClient teller, HttpClient client, string number)
    {
        var customer = $"api/backoffice/v1/customers/{number}";
        await PutAsync(teller, customer, new JsonObject { ["name"] = "Arta Hoxha", ["language"] = "en", ["phone"] = $"+35569{number[^7..]}" });
        await PutAsync(teller, $"{customer}/services-contract", new JsonObject { ["signedOn"] = "2026-01-31", ["rights"] = "payment" });
        var unique = await BenchBank.PostAsync(teller, $"{customer}/unique-codes", new JsonObject { ["branch"] = "TIA-01", ["clientPresent"] = true });
        var started = await BenchBank.PostAsync(client, "api/public/v1/registrations", new JsonObject { ["path"] = "existing_client", ["termsAccepted"] = true });
        var at = $"api/public/v1/registrations/{started["registrationId"]}";
        await BenchBank.PostAsync(client, $"{at}/client", new JsonObject { ["identifier"] = number });
        await BenchBank.PostAsync(client, $"{at}/unique-code", new JsonObject { ["uniqueCode"] = (string)unique["uniqueCode"]! });
        await bank.WhenIdleAsync();
        await BenchBank.PostAsync(client, $"{at}/code", new JsonObject { ["code"] = await CodeAsync(bank, number) });
        await BenchBank.PostAsync(client, $"{at}/password", new JsonObject { ["password"] = Password });
    }

    private static async Task<string> CodeAsync(BenchBank bank, string number)
    {
        var inbox = await bank.Sandbox.Client.GetFromJsonAsync<JsonObject>("inbox/messages?channel=sms");
        return inbox!["messages"]!.AsArray().Where(message => message!.ToJsonString().Contains(number[^7..], StringComparison.Ordinal))
            .Select(message => SixDigits.Match((string)message!["text"]!)).First(match => match.Success).Value;
    }

    private static async Task PutAsync(HttpClient client, string path, JsonObject body)
    {
        using var answer = await client.PutAsJsonAsync(path, body);
        await BenchBank.ReadAsync(answer);
    }

    [GeneratedRegex(@"\b[0-9]{6}\b")]
    private static partial Regex SixDigits { get; }
}
