using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Operating;

[Collection(OperationBank.Name)]
public sealed class LoadSheddingTests(OperationBank scene)
{
    private const string List = "v1/transfers";

    [Fact, Rehearses("shed-load")]
    public async Task Lists_wait_while_storage_throttles_and_money_moves_and_a_refused_order_is_taken_later_under_its_key()
    {
        var arta = await scene.CustomerAsync();
        var (from, to) = (await arta.OpenAccountAsync("100.00"), await arta.OpenAccountAsync("0.00"));
        Assert.Equal(200, (await arta.GetAsync(List)).Status);

        // Storage throttles a third of the calls: lists are refused, in the caller's language.
        await ForgetAnswersAsync();
        scene.Throttle(every: 3);
        var refused = await UntilAsync(() => arta.GetAsync(List), "503 bank_busy");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 5, 10);
        Assert.Equal(refused.Headers.RetryAfter.Delta.Value.TotalSeconds, (double)refused.Json["retryAfterSeconds"]!);
        Assert.Equal("Very busy", (string?)refused.Json["title"]);
        var albanian = await scene.Bank.CallAsync("GET", List, token: arta.Token, change: request => request.Headers.Add("Accept-Language", "sq"));
        Assert.Equal("Ngarkesë e lartë", (string?)albanian.Json["title"]);
        Assert.Equal("503 bank_busy", (await scene.Bank.CallAsync("GET", "v1/accounts", token: arta.Token)).ToString());
        Assert.True(scene.HasLogged("The bank sheds load: Busy"));

        // Money, logins and the staff go on.
        var first = await arta.ConfirmAsync("own", await arta.QuoteOwnAsync(from, to, "10.00"));
        Assert.Equal(201, first.Status);
        Assert.Equal(200, (await arta.GetAsync($"v1/transfers/{(string)first.Json["id"]!}")).Status);
        Assert.Equal(200, (await scene.StaffAsync("GET", "ledger/suspense", "ledger")).Status);
        const string Login = """{"identifier":"499999999","password":"Gabim2026z","channel":"web","scope":"full","installation":{"id":"5f0c3a1e-7d2b-4c8e-9a61-3b7f2d9c4e10","name":"Chrome","type":"web"}}""";
        Assert.Equal("422 invalid_credentials", (await scene.Bank.CallAsync("POST", "public/v1/login", Login)).ToString());
        var quote = await arta.QuoteOwnAsync(from, to, "20.00");
        Assert.Equal(200, quote.Status);

        // It throttles everything: orders are refused before they ask for anything, the staff and the probes are not.
        await ForgetAnswersAsync();
        scene.Throttle(every: 1);
        await UntilAsync(() => arta.QuoteOwnAsync(from, to, "1.00"), "503 bank_busy");
        Assert.Equal("503 bank_busy", (await arta.ConfirmAsync("own", quote, "refused-1")).ToString());
        Assert.Equal("503 storage_unavailable", (await scene.StaffAsync("GET", "ledger/suspense", "ledger")).ToString());
        Assert.Equal(200, (await scene.Bank.CallAsync("GET", "health/live")).Status);

        // It is well again: orders come first, then lists.
        scene.Heal();
        await scene.Bank.AdvanceAsync(TimeSpan.FromSeconds(75));
        Assert.Equal("503 bank_busy", (await arta.GetAsync(List)).ToString());
        var taken = await arta.ConfirmAsync("own", quote, "refused-1");
        Assert.Equal(201, taken.Status);
        Assert.Equal(taken.Text, (await arta.ConfirmAsync("own", quote, "refused-1")).Text);
        await scene.Bank.AdvanceAsync(TimeSpan.FromSeconds(75));
        Assert.Equal(200, (await arta.GetAsync(List)).Status);
        Assert.Equal("70.00 ALL", await arta.BalanceAsync(from));
        Assert.True(scene.HasLogged("The load goes back: Calm"));
    }

    /// <summary>Past the window in which storage's answers count, and within the time that a level is kept.</summary>
    private Task ForgetAnswersAsync() => scene.Bank.AdvanceAsync(TimeSpan.FromSeconds(15));

    private static async Task<Answer> UntilAsync(Func<Task<Answer>> ask, string expected)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            if (await ask() is var answer && answer.ToString() == expected)
                return answer;
        }

        throw new TimeoutException($"It was not answered {expected} in fifty tries.");
    }
}
