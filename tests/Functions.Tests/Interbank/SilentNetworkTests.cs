using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Interbank;

/// <summary>Business days, and a network that is late, silent or out of order; each test moves the clock and minds nobody else's.</summary>
public sealed class SilentNetworkTests : IAsyncLifetime
{
    private readonly EveningBank scene = new();

    public ValueTask InitializeAsync() => scene.InitializeAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact, Requirement("TRF-38"), Requirement("TRF-23"), Requirement("TRF-37")]
    public async Task After_the_cut_off_it_waits_for_the_next_business_day_then_silence_never_frees_the_money_and_a_late_answer_settles()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("10000.00");
        var next = Next;

        var quote = await arta.QuoteNationalAsync(from, "5000.00");
        Assert.Equal(
            $"{next:uuuu-MM-dd} {Calendar.AddBusinessDays(next, 1):uuuu-MM-dd}", $"{quote.Json["executionDate"]} {quote.Json["expectedBy"]}");
        var transfer = (string)(await arta.ConfirmAsync("national", quote)).Json["id"]!;

        // The workflow has looked at it and waits: nothing has left.
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Null(await scene.FindMessageAsync(transfer));
        Assert.Equal("accepted 10000.00 4900.00", $"{(await arta.GetAsync($"v1/transfers/{transfer}")).Json["state"]} {await arta.MoneyAsync(from)}");

        await scene.MoveToAsync(next.At(new LocalTime(8, 0)));
        await scene.MessageAsync(transfer);

        // Silence beyond the deadline: asked again and again, never paid again; staff are told; the money stays reserved.
        await scene.Bank.AdvanceAsync(TimeSpan.FromHours(13));
        await Eventually.IsTrueAsync(async () => (await scene.ExceptionsAsync(InterbankBank.MessageId(transfer))).Contains("no_answer"));
        arta = await scene.SignInAsync(arta.Number);
        Assert.Equal("sent 10000.00 4900.00", $"{(await arta.GetAsync($"v1/transfers/{transfer}")).Json["state"]} {await arta.MoneyAsync(from)}");
        Assert.Equal(1, (int)(await scene.MessageAsync(transfer))["timesSent"]!);

        await scene.DeskAsync(transfer, "settle");
        await arta.TransferOnceAsync(transfer, "settled");
        Assert.Equal("4900.00 4900.00", await arta.MoneyAsync(from));
        await scene.ProveAsync();
    }

    [Fact, Requirement("TRF-40"), Requirement("TRF-37")]
    public async Task An_answer_that_was_never_told_is_asked_for()
    {
        await scene.TurnAsync("interbank", """{"pendingRate":1,"settleAfterMs":60000}""");
        scene.Bank.SandboxApplication.Configuration["Bank:WebhookBaseUrl"] = "";
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("10000.00");
        var transfer = await arta.SendNationalAsync(from, "5000.00");

        await scene.MoveToAsync(Next.At(new LocalTime(8, 0)));
        await scene.MessageAsync(transfer);
        await scene.Bank.AdvanceAsync(TimeSpan.FromHours(2));

        arta = await scene.SignInAsync(arta.Number);
        await arta.TransferOnceAsync(transfer, "settled");
        Assert.Equal("4900.00 4900.00", await arta.MoneyAsync(from));
    }

    [Fact, Requirement("TRF-37"), Requirement("TRF-40")]
    public async Task A_network_that_loses_its_answers_gets_one_payment_and_one_that_returns_it_days_later_gives_it_back_once()
    {
        await scene.TurnAsync("interbank", """{"loseAnswerRate":1,"duplicateAnswers":true,"returnAfterMs":86400000}""");
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("10000.00");
        var transfer = await arta.SendNationalAsync(from, "5000.00");
        await scene.MoveToAsync(Next.At(new LocalTime(8, 0)));
        await scene.MessageAsync(transfer);
        await scene.TurnAsync("interbank", """{"duplicateAnswers":true,"returnAfterMs":86400000}""");
        arta = await scene.SignInAsync(arta.Number);
        await arta.TransferOnceAsync(transfer, "settled");
        await scene.Bank.AdvanceAsync(TimeSpan.FromHours(25));

        arta = await scene.SignInAsync(arta.Number);
        var returned = await arta.TransferOnceAsync(transfer, "returned");

        Assert.Equal("settled returned", InterbankSender.Timeline(returned)[^16..]);
        Assert.Equal("9900.00 9900.00", await arta.MoneyAsync(from));
        await scene.ProveAsync();
    }

    [Fact, Requirement("TRF-39")]
    public async Task Without_a_decision_within_a_business_day_a_stopped_transfer_is_rejected_and_its_hold_lifted()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("10000.00");
        var transfer = await arta.SendNationalAsync(from, "5000.00", beneficiary: InterbankSender.NationalBeneficiary(firstName: "Viktor", lastName: "Sanksioni"));
        await Eventually.IsTrueAsync(async () => (await scene.BackOfficeAsync("GET", "screenings")).Json["items"]!.AsArray().Count == 1);

        await scene.MoveToAsync(Calendar.AddBusinessDays(Calendar.Today, 1).At(new LocalTime(18, 5)));

        arta = await scene.SignInAsync(arta.Number);
        await arta.TransferOnceAsync(transfer, "rejected");
        Assert.Equal("10000.00 10000.00", await arta.MoneyAsync(from));
        Assert.Empty((await scene.BackOfficeAsync("GET", "screenings")).Json["items"]!.AsArray());
        Assert.Null(await scene.FindMessageAsync(transfer));
    }

    private Serverless.Banking.Calendar.BankCalendar Calendar => scene.Bank.Host.Services.GetRequiredService<Serverless.Banking.Calendar.BankCalendar>();

    /// <summary>The next business day.</summary>
    private LocalDate Next => Calendar.SameOrNext(Calendar.Today.PlusDays(1));

    private sealed class EveningBank : InterbankBank
    {
        protected override LocalTime OpensAt => new(18, 0);

        protected override void Configure(IDictionary<string, string?> settings)
        {
            settings["Interbank:AnswerDeadline"] = "12:00:00";
            settings["Partners:Interbank:Retries"] = "0";
            settings["Partners:Interbank:BreakDuration"] = "00:00:00.500";
        }
    }
}
