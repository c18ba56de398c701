using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Interbank;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.EKlikPayments;

/// <summary>Payments made by mistake are cancelled on request (EKL-18, EKL-19, EKL-28).</summary>
[Collection(EKlikPaymentsBank.Name)]
public sealed class CancellationTests(EKlikPaymentsBank scene)
{
    [Fact, Requirement("EKL-18"), Requirement("EKL-19"), Requirement("EKL-20"), ProvesRace("Cancellations_Request"), ProvesRace("Cancellations_Refuse")]
    public async Task A_request_goes_to_the_contact_centre_with_the_details_once_and_may_be_refused_with_a_reason()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync());
        var (from, to) = (await arta.OpenAccountAsync("1000.00"), await besa.OpenAccountAsync("0.00"));
        var (payment, info) = (await scene.EKlikAsync(arta.Number), await scene.EKlikAsync(arta.Number, "info"));
        var number = (string)(await payment.ConfirmAsync("inside", await payment.QuoteInsideAsync(from, to.Iban, "100.00", "Gabim"))).Json["id"]!;

        Assert.Equal("403 payment_right_missing", (await info.PostAsync("v1/payments/cancellations", Request(number))).ToString());
        Assert.Equal("400 invalid_input\n/reason blank", (await payment.PostAsync("v1/payments/cancellations", Request(number, "   "))).ToString());
        Assert.Equal("404 ordered_payment_not_found", (await besa.PostAsync("v1/payments/cancellations", Request(number))).ToString());
        Assert.Equal("404 ordered_payment_not_found", (await payment.PostAsync("v1/payments/cancellations", Request("0b6ce3f0-0e52-4e3d-9d5b-6b1f2c1d0fff"))).ToString());
        Assert.Equal("404 cancellation_not_found", (await payment.GetAsync($"v1/payments/{number}/cancellation")).ToString());

        using var client = scene.Bank.Client(payment.Token);
        await RaceHarness.SameKeyAsync(RaceCall.Post(client, "api/v1/payments/cancellations", Request(number).ToJsonString()), () => MailedAsync(number));
        Assert.Equal("409 cancellation_exists", (await payment.PostAsync("v1/payments/cancellations", Request(number))).ToString());
        var mail = (await scene.MailsAsync(EKlikPaymentsBank.ContactCentre)).Single(one => ((string)one["text"]!).Contains(number, StringComparison.Ordinal));
        var details = PdfText.Of(await scene.Bank.Sandbox.GetByteArrayAsync(((string)mail["attachments"]![0]!["url"]!)[1..]));
        Assert.All(new[] { number, "100.00", to.Iban, "Gabim" }, fact => Assert.Contains(fact, details, StringComparison.Ordinal));
        Assert.Contains("Paguar dy here", (string)mail["text"]!, StringComparison.Ordinal);

        var open = await scene.Bank.CallAsync("GET", "backoffice/v1/cancellations", token: await scene.AgentAsync());
        Assert.Contains(number, open.Json["items"]!.AsArray().Where(one => (string?)one!["customerNumber"] == arta.Number).Select(one => (string?)one!["cancellation"]!["paymentNumber"]));

        using var agent = scene.Bank.Client(await scene.AgentAsync());
        var refusals = 0;
        await RaceHarness.SameCallAsync(
            new RaceCall(agent, HttpMethod.Put, $"api/backoffice/v1/customers/{arta.Number}/cancellations/{number}/refusal", """{"reason":"Pagesa u krye me pëlqim"}"""),
            async () =>
            {
                var now = (await scene.PushesAsync(arta)).Count(push => push.Contains(number, StringComparison.Ordinal));
                (var told, refusals) = (now - refusals, now);
                return told;
            });
        var refused = (await payment.GetAsync($"v1/payments/{number}/cancellation")).Json;
        Assert.Equal("refused staff Pagesa u krye me pëlqim", $"{refused["state"]} {refused["refusalCode"]} {refused["refusalReason"]}");
        Assert.Equal("409 cancellation_decided", (await ProposeAsync(arta, number)).ToString());
        Assert.Equal("100.00 ALL", await besa.BalanceAsync(to));
    }

    [Fact, Requirement("EKL-19"), Requirement("EKL-28"), ProvesRace("Cancellations_ProposeApproval")]
    public async Task Money_on_another_account_of_the_bank_comes_back_by_a_correcting_entry_when_its_holder_agrees_and_stays_when_not()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"));
        var (from, to) = (await arta.OpenAccountAsync("1000.00"), await besa.OpenAccountAsync("0.00"));
        async Task<string> CancelAsync(string amount)
        {
            var number = (string)(await arta.SendInsideAsync(from, to.Iban, amount)).Json["id"]!;
            Assert.Equal(202, (await arta.PostAsync("v1/payments/cancellations", Request(number))).Status);
            return number;
        }

        // Two members of staff, not one.
        var number = await CancelAsync("100.00");
        using var agent = scene.Bank.Client(await scene.AgentAsync());
        var proposal = new RaceCall(agent, HttpMethod.Post, $"api/backoffice/v1/customers/{arta.Number}/cancellations/{number}/approvals", """{"reason":"Paguar dy herë"}""");
        var proposed = await RaceHarness.SameKeyAsync(proposal, async () => (await ProposedAsync(number)).Length);
        Assert.Equal("requested", await StateAsync(arta, number));
        var self = await scene.Bank.CallAsync(
            "PUT", $"backoffice/v1/changes/{proposed.Json["id"]}/decision", """{"decision":"approve"}""", await scene.Bank.TokenAsync(new() { ["staff"] = "agent-1", ["roles"] = "ledger" }));
        Assert.Equal("403 four_eyes_required", self.ToString());
        Assert.Equal("applied", await scene.ApproveAsync(new Answer(201, null, proposed.Text, self.Headers)));
        Assert.Equal("awaiting_consent", await StateAsync(arta, number));
        Assert.Equal("100.00 ALL", await besa.BalanceAsync(to));

        await DecideAsync(besa, "approve");
        Assert.Equal("cancelled", await StateAsync(arta, number));
        Assert.Equal("1000.00 ALL 0.00 ALL", $"{await arta.BalanceAsync(from)} {await besa.BalanceAsync(to)}");
        Assert.Equal("100.00 ALL inside_transfer_reversal", (await arta.EntriesAsync(from))[0]);
        Assert.Equal("returned", (string?)(await arta.GetAsync($"v1/transfers/{number}")).Json["state"]);
        Assert.Equal(
            "requested approved awaiting_consent returning cancelled",
            string.Join(' ', (await arta.GetAsync($"v1/payments/{number}/cancellation")).Json["timeline"]!.AsArray().Select(step => (string)step!["state"]!)));

        // The holder says no.
        var kept = await CancelAsync("50.00");
        Assert.Equal("applied", await scene.ApproveAsync(await ProposeAsync(arta, kept)));
        await DecideAsync(besa, "reject");
        Assert.Equal("refused receiver_refused", await OutcomeAsync(arta, kept));

        // The holder agrees and has spent it.
        var spent = await CancelAsync("30.00");
        Assert.Equal("applied", await scene.ApproveAsync(await ProposeAsync(arta, spent)));
        await besa.SendInsideAsync(to, from.Iban, "80.00");
        await DecideAsync(besa, "approve");
        Assert.Equal("refused money_spent", await OutcomeAsync(arta, spent));
        Assert.Equal("1000.00 ALL 0.00 ALL", $"{await arta.BalanceAsync(from)} {await besa.BalanceAsync(to)}");
        await scene.ProveAsync();
    }

    [Fact, Requirement("EKL-28"), ProvesRace("Cancellations_ProposeRecallAnswer")]
    public async Task What_has_not_left_is_stopped_what_another_bank_or_a_company_has_is_recalled_and_its_answer_counts()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("100000.00");

        // Stopped by the screening: it has not left, so the hold is lifted.
        var stopped = await arta.SendNationalAsync(from, "5000.00", beneficiary: InterbankSender.NationalBeneficiary(firstName: "Viktor", lastName: "Sanksioni"));
        await Eventually.IsTrueAsync(async () => await arta.MoneyAsync(from) == "100000.00 94900.00");
        await RequestedAndApprovedAsync(arta, stopped);
        Assert.Equal("cancelled", await StateAsync(arta, stopped));
        Assert.Equal("100000.00 100000.00", await arta.MoneyAsync(from));
        Assert.Equal("rejected", (string?)(await arta.GetAsync($"v1/transfers/{stopped}")).Json["state"]);

        // Sent and settled: recalled by camt.056; the other bank agrees and sends it back. The fee stays: the work was done.
        var sent = await arta.SendNationalAsync(from, "6000.00");
        await scene.MessageAsync(sent);
        await scene.DeskAsync(sent, "settle");
        await arta.TransferOnceAsync(sent, "settled");
        await RequestedAndApprovedAsync(arta, sent);
        await Eventually.IsTrueAsync(async () => await StateAsync(arta, sent) == "cancelled");
        Assert.Equal("99900.00 99900.00", await arta.MoneyAsync(from));
        Assert.Equal(
            "requested approved recalling returning cancelled",
            string.Join(' ', (await arta.GetAsync($"v1/payments/{sent}/cancellation")).Json["timeline"]!.AsArray().Select(step => (string)step!["state"]!)));

        // The other bank refuses.
        var refused = await arta.SendNationalAsync(from, "7000.00");
        await scene.MessageAsync(refused);
        await scene.DeskAsync(refused, "settle");
        await arta.TransferOnceAsync(refused, "settled");
        await scene.TurnAsync("interbank", """{"pendingRate":1,"settleAfterMs":null,"refuseWith":"NOAS"}""");
        await RequestedAndApprovedAsync(arta, refused);
        await Eventually.IsTrueAsync(async () => await StateAsync(arta, refused) == "refused");
        Assert.Equal("refused partner_refused", await OutcomeAsync(arta, refused));
        Assert.Equal("NOAS", (string?)(await arta.GetAsync($"v1/payments/{refused}/cancellation")).Json["refusalReason"]);
        await scene.TurnAsync("interbank", """{"pendingRate":1,"settleAfterMs":null}""");

        // A bill: staff ask the company and enter its answer, two of them.
        var quote = await arta.PostAsync(
            "v1/bills/quotes",
            new JsonObject { ["company"] = "property-tax", ["clientCode"] = "8270-1245", ["invoiceNumber"] = "TP-2018-8270-1245", ["accountId"] = from.Id });
        var bill = (string)(await arta.PostAsync("v1/bills/payments", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! })).Json["id"]!;
        await RequestedAndApprovedAsync(arta, bill);
        Assert.Equal("recalling", await StateAsync(arta, bill));
        var before = await arta.MoneyAsync(from);
        using var agent = scene.Bank.Client(await scene.AgentAsync());
        var answer = await RaceHarness.SameKeyAsync(
            RaceCall.Post(agent, $"api/backoffice/v1/customers/{arta.Number}/cancellations/{bill}/recall-answers", """{"isAccepted":true,"reason":"Me telefon"}"""),
            async () => (await ProposedAsync(bill)).Length);
        Assert.Equal("applied", await scene.ApproveAsync(new Answer(201, null, answer.Text, quote.Headers)));
        Assert.Equal("cancelled", await StateAsync(arta, bill));
        Assert.NotEqual(before, await arta.MoneyAsync(from));
        Assert.Equal("2400.00 ALL bill_payment_reversal", (await arta.EntriesAsync(from))[0]);
        await scene.ProveAsync();
    }

    [Fact, Requirement("EKL-28")]
    public async Task A_pension_contribution_is_recalled_at_its_manager_whose_answer_two_members_of_staff_enter()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("5000.00");
        async Task<string> ContributeAsync(string amount)
        {
            var quote = await arta.PostAsync(
                "v1/transfers/pension/quotes", new JsonObject { ["fromAccountId"] = from.Id, ["contractNumber"] = "PF-2019-000123", ["amount"] = Sender.Money(amount) });
            var paid = await arta.PostAsync("v1/transfers/pension", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! });
            Assert.Equal("201 settled", $"{paid.Status} {paid.Json["state"]}");
            return (string)paid.Json["id"]!;
        }

        async Task AnswerAsync(string number, bool isAccepted)
        {
            var answer = new JsonObject { ["isAccepted"] = isAccepted, ["reason"] = "Me telefon" }.ToJsonString();
            Assert.Equal("applied", await scene.ApproveAsync(await scene.Bank.CallAsync(
                "POST", $"backoffice/v1/customers/{arta.Number}/cancellations/{number}/recall-answers", answer, await scene.AgentAsync(), TransferBank.WithKey())));
        }

        // No holder at this bank is asked for consent, and nothing moves before the manager has answered.
        var number = await ContributeAsync("1000.00");
        await RequestedAndApprovedAsync(arta, number);
        Assert.Equal("recalling 4000.00 ALL", $"{await StateAsync(arta, number)} {await arta.BalanceAsync(from)}");
        await AnswerAsync(number, isAccepted: true);
        Assert.Equal("cancelled 5000.00 ALL", $"{await StateAsync(arta, number)} {await arta.BalanceAsync(from)}");
        Assert.Equal(["1000.00 ALL pension_contribution_reversal", "-1000.00 ALL pension_contribution", "5000.00 ALL cash_deposit"], await arta.EntriesAsync(from));
        Assert.Equal("returned", (string?)(await arta.GetAsync($"v1/transfers/{number}")).Json["state"]);
        Assert.Equal(
            "requested approved recalling returning cancelled",
            string.Join(' ', (await arta.GetAsync($"v1/payments/{number}/cancellation")).Json["timeline"]!.AsArray().Select(step => (string)step!["state"]!)));

        var kept = await ContributeAsync("200.00");
        await RequestedAndApprovedAsync(arta, kept);
        await AnswerAsync(kept, isAccepted: false);
        Assert.Equal("refused partner_refused", await OutcomeAsync(arta, kept));
        Assert.Equal("4800.00 ALL settled", $"{await arta.BalanceAsync(from)} {(await arta.GetAsync($"v1/transfers/{kept}")).Json["state"]}");

        // Both are told, once.
        await scene.Bank.WhenIdleAsync();
        Assert.Equal(2, (await scene.PushesAsync(arta)).Count(push => push.Contains(number, StringComparison.Ordinal) || push.Contains(kept, StringComparison.Ordinal)));
        await scene.ProveAsync();
    }

    [Fact, Requirement("EKL-28")]
    public async Task What_nobody_decides_or_answers_in_time_is_reminded_of_and_ends_and_the_payment_stands()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"));
        var (from, to) = (await arta.OpenAccountAsync("20000.00"), await besa.OpenAccountAsync("0.00"));
        var undecided = (string)(await arta.SendInsideAsync(from, to.Iban, "100.00")).Json["id"]!;
        Assert.Equal(202, (await arta.PostAsync("v1/payments/cancellations", Request(undecided))).Status);
        var unanswered = (string)(await arta.SendInsideAsync(from, to.Iban, "200.00")).Json["id"]!;
        await RequestedAndApprovedAsync(arta, unanswered);
        var bill = Guid.NewGuid().ToString("N")[..6];
        var sandbox = TestSandbox.Of(scene.Bank);
        await sandbox.AddSubscriberAsync("treasury", $"1010001-{arta.Number[^6..]}", "Test Test");
        await sandbox.AddInvoiceAsync("treasury", $"1010001-{arta.Number[^6..]}", $"C{bill}", "300.00", "2018-08-01", "0.00");
        var quote = await arta.PostAsync(
            "v1/bills/quotes",
            new JsonObject { ["company"] = "treasury", ["clientCode"] = $"1010001-{arta.Number[^6..]}", ["invoiceNumber"] = $"C{bill}", ["accountId"] = from.Id });
        var silent = (string)(await arta.PostAsync("v1/bills/payments", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! })).Json["id"]!;
        await RequestedAndApprovedAsync(arta, silent);
        Assert.Equal(1, await MailedAsync(undecided));

        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(61));
        arta = await scene.SignInAsync(arta.Number);
        await Eventually.IsTrueAsync(async () => await StateAsync(arta, unanswered) == "refused" && await StateAsync(arta, silent) == "refused");
        Assert.Equal(
            "refused receiver_silent, refused partner_silent, requested",
            $"{await OutcomeAsync(arta, unanswered)}, {await OutcomeAsync(arta, silent)}, {await StateAsync(arta, undecided)}");
        await Eventually.IsTrueAsync(async () => await MailedAsync(undecided) == 2);

        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(61));
        arta = await scene.SignInAsync(arta.Number);
        await Eventually.IsTrueAsync(async () => await StateAsync(arta, undecided) == "refused");
        Assert.Equal("refused undecided", await OutcomeAsync(arta, undecided));
        Assert.Equal("300.00 ALL", await (await scene.SignInAsync(besa.Number)).BalanceAsync(to));
    }

    private static JsonObject Request(string number, string reason = "Paguar dy here") => new() { ["paymentNumber"] = number, ["reason"] = reason };

    private static async Task<string> StateAsync(Sender customer, string number) => (string)(await customer.GetAsync($"v1/payments/{number}/cancellation")).Json["state"]!;

    private static async Task<string> OutcomeAsync(Sender customer, string number)
    {
        var found = (await customer.GetAsync($"v1/payments/{number}/cancellation")).Json;
        return $"{found["state"]} {found["refusalCode"]}";
    }

    private async Task<Answer> ProposeAsync(Sender customer, string number) => await scene.Bank.CallAsync(
        "POST", $"backoffice/v1/customers/{customer.Number}/cancellations/{number}/approvals", """{"reason":"Paguar dy herë"}""", await scene.AgentAsync(), TransferBank.WithKey());

    private async Task RequestedAndApprovedAsync(Sender customer, string number)
    {
        var requested = await customer.PostAsync("v1/payments/cancellations", Request(number));
        Assert.True(requested.Status == 202, requested.ToString());
        Assert.Equal("applied", await scene.ApproveAsync(await ProposeAsync(customer, number)));
    }

    /// <summary>Proposed and not decided.</summary>
    private async Task<string[]> ProposedAsync(string number) =>
        [.. (await scene.Bank.CallAsync("GET", "backoffice/v1/changes?limit=100", token: await scene.OfficerAsync())).Json["items"]!.AsArray()
            .Where(change => (string)change!["resource"]! == $"payment/{number}" && (string)change["state"]! == "proposed").Select(change => (string)change!["id"]!)];

    /// <summary>The receiver's answer to what he was asked last.</summary>
    private async Task DecideAsync(Sender receiver, string decision)
    {
        var asked = (await receiver.GetAsync("v1/approvals?status=pending")).Json["items"]!.AsArray().Single()!;
        Assert.Equal("payment_cancellation", (string?)asked["document"]!["process"]);
        var decided = await receiver.CallAsync(
            "PUT", $"v1/approvals/{asked["id"]}/document-decision", new JsonObject { ["decision"] = decision, ["versionSeen"] = 1 }.ToJsonString());
        Assert.True(decided.Status == 200, decided.ToString());
    }

    private async Task<int> MailedAsync(string number) =>
        (await scene.MailsAsync(EKlikPaymentsBank.ContactCentre)).Count(mail => ((string)mail["text"]!).Contains(number, StringComparison.Ordinal));
}
