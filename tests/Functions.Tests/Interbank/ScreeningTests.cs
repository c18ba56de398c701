using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Interbank;

public sealed class ScreeningTests(InterbankBank scene) : IClassFixture<InterbankBank>
{
    [Fact, Requirement("TRF-39")]
    public async Task A_name_on_the_list_stops_the_transfer_until_staff_let_it_go()
    {
        var (arta, from, transfer) = await StoppedAsync();
        Assert.Null(await scene.FindMessageAsync(transfer));
        Assert.Equal("accepted 10000.00 4900.00", $"{(await arta.GetAsync($"v1/transfers/{transfer}")).Json["state"]} {await arta.MoneyAsync(from)}");

        var decided = await DecideAsync(transfer, "approve");

        Assert.Equal("200 cleared", $"{decided.Status} {decided.Json["state"]}");
        await scene.MessageAsync(transfer);
        await scene.DeskAsync(transfer, "settle");
        await arta.TransferOnceAsync(transfer, "settled");
        Assert.Equal("4900.00 4900.00", await arta.MoneyAsync(from));
        Assert.Equal("409 screening_ended", (await DecideAsync(transfer, "reject")).ToString());
    }

    [Fact, Requirement("TRF-39")]
    public async Task Staff_reject_it_and_the_hold_is_lifted()
    {
        var (arta, from, transfer) = await StoppedAsync();

        Assert.Equal(200, (await DecideAsync(transfer, "reject")).Status);
        Assert.Equal(200, (await DecideAsync(transfer, "reject")).Status);

        await arta.TransferOnceAsync(transfer, "rejected");
        Assert.Equal("10000.00 10000.00", await arta.MoneyAsync(from));
        Assert.Null(await scene.FindMessageAsync(transfer));
    }

    [Fact, Requirement("TRF-39")]
    public async Task A_country_on_the_list_stops_it_too_and_only_staff_may_decide()
    {
        var arta = await scene.CustomerAsync(trusted: true);
        var from = await arta.OpenAccountAsync("1000.00", "EUR");
        var body = InterbankSender.Abroad(from, "500.00");
        body["beneficiary"]!["country"] = "IR";
        var transfer = (string)(await arta.ConfirmAsync("international", await arta.QuoteAbroadAsync(body))).Json["id"]!;
        await StoppedAsync(transfer);

        Assert.Equal("403 staff_only", (await arta.CallAsync("POST", $"backoffice/v1/interbank/screenings/{transfer}/decision", """{"decision":"approve"}""")).ToString());
        Assert.Equal("404 screening_not_found", (await DecideAsync(Guid.NewGuid().ToString(), "approve")).ToString());
        Assert.Equal(200, (await DecideAsync(transfer, "reject")).Status);
    }

    private Task<Http.Answer> DecideAsync(string transfer, string decision) =>
        scene.BackOfficeAsync("POST", $"screenings/{transfer}/decision", $$"""{"decision":"{{decision}}"}""");

    private async Task<(Sender Arta, OpenedAccount From, string Transfer)> StoppedAsync()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("10000.00");
        var transfer = await arta.SendNationalAsync(from, "5000.00", beneficiary: InterbankSender.NationalBeneficiary(firstName: "Viktor", lastName: "Sanksioni"));
        await StoppedAsync(transfer);
        return (arta, from, transfer);
    }

    private Task StoppedAsync(string transfer) => Eventually.IsTrueAsync(async () =>
        (await scene.BackOfficeAsync("GET", "screenings")).Json["items"]!.AsArray().Any(stopped => (string)stopped!["transferId"]! == transfer));
}
