using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Bills;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Tests.Bills;

public sealed class PayInvoiceTests
{
    [Fact]
    public async Task Paying_debits_the_customer_tells_the_company_and_leaves_nothing_open()
    {
        await using var scene = await BillScene.StartAsync();
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "2000.00");

        var paid = await scene.PayAsync(arta, "one");

        Assert.Equal(PaymentState.Paid, paid.Value!.State);
        Assert.StartsWith("OSH", paid.Value.BillerReference, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            """
            invoice Paid
            balance ALL 292.60
            company 000000001 confirmed
            open 0
            """,
            await scene.SeeAsync(arta));
    }

    [Fact]
    public async Task Paying_makes_no_more_storage_calls_than_its_design_says()
    {
        await using var scene = await BillScene.StartAsync();
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "2000.00");
        scene.Bank.Storage.Reset();

        await scene.PayAsync(arta, "one");
        await scene.Bank.SettleAsync();

        // Three steps follow one another: intent, open entry, record and claim; debit; claim and record marked. What stands in one step runs side
        // by side; the company's credit and the removals of intent and open entry follow the answer.
        string[] expected =
        [
            "POST journals", "PUT BillOpenPayments", "POST $batch", "POST BillInvoices", "POST $batch", "POST ledger", "PUT BillInvoices", "POST $batch",
            "DELETE journals", "DELETE BillOpenPayments",
        ];
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            scene.Bank.Storage.Calls.Select(WithoutPrefixAndKeys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Too_little_money_is_refused_before_anything_is_written()
    {
        await using var scene = await BillScene.StartAsync();
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "18.13");

        var refused = await scene.PayAsync(arta, "one");

        Assert.Equal(new InsufficientFunds(BillScene.All("1689.27")), refused.Error);
        Assert.Equal(
            """
            invoice unclaimed
            balance ALL 18.13
            open 0
            """,
            await scene.SeeAsync(arta));
    }

    [Fact]
    public async Task Eight_runs_of_one_payment_pay_once_and_answer_the_same()
    {
        await using var scene = await BillScene.StartAsync();
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "9000.00");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => scene.PayAsync(arta, "one"))));

        Assert.All(answers, answer => Assert.Equal(PaymentState.Paid, answer.Value!.State));
        Assert.Single(answers.Select(answer => answer.Value!.Id).Distinct());
        await scene.Bank.Get<SweepPayments>().RunAsync(NodaTime.Instant.MaxValue, CancellationToken.None);
        Assert.Equal(
            """
            invoice Paid
            balance ALL 7292.60
            company 000000001 confirmed
            open 0
            """,
            await scene.SeeAsync(arta));
    }

    [Fact]
    public async Task Eight_payers_of_one_invoice_pay_it_once_and_the_others_are_told_why_not()
    {
        await using var scene = await BillScene.StartAsync();
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "9000.00");
        var besa = await scene.Bank.OpenAccountAsync(BillScene.Besa, "9000.00");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() =>
            n % 2 == 0 ? scene.PayAsync(arta, $"key-{n}") : scene.PayAsync(besa, $"key-{n}", BillScene.Besa))));

        Assert.Single(answers, answer => answer.IsSuccess);
        Assert.All(answers.Where(answer => !answer.IsSuccess), answer => Assert.True(answer.Error is InvoiceBeingPaid or InvoiceAlreadyPaid, answer.Error!.Code));
        var left = new[] { await scene.Bank.BalanceAsync(arta), await scene.Bank.BalanceAsync(besa) };
        Assert.Equal(BillScene.All("16292.60"), left[0] + left[1]);
        Assert.Equal(["000000001 confirmed"], await scene.Sandbox.BookedAsync("oshee"));
        Assert.Equal(0, await BillScene.OpenAsync(scene.Bank));
        await scene.Bank.ProveAsync();
    }

    [Fact]
    public async Task An_invoice_claimed_by_a_payment_that_never_was_goes_to_the_next_one()
    {
        await using var scene = await BillScene.StartAsync();
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "2000.00");
        var besa = await scene.Bank.OpenAccountAsync(BillScene.Besa, "2000.00");
        var dead = await ClaimAndDieAsync(scene, arta);

        var early = await scene.PayAsync(besa, "early", BillScene.Besa);
        scene.Bank.Clock.Advance(TimeSpan.FromMinutes(5));
        var later = await scene.PayAsync(besa, "later", BillScene.Besa);

        Assert.Equal(new InvoiceBeingPaid(), early.Error);
        Assert.Equal(PaymentState.Paid, later.Value!.State);
        Assert.Equal("ALL 2000.00", (await scene.Bank.BalanceAsync(arta)).ToString());

        // The one that was thought dead and is only slow finds out before its debit.
        var slow = await scene.Bank.Get<PostJournal>().RunAsync(
            PaymentCourse.JournalOf(dead), async token => (await scene.Bank.Get<InvoiceClaims>().TakeAsync(dead, token)).Then(_ => default(Nothing)), CancellationToken.None);
        Assert.Equal(new InvoiceAlreadyPaid(), slow.Error);
        Assert.Equal("ALL 2000.00", (await scene.Bank.BalanceAsync(arta)).ToString());
        await scene.Bank.ProveAsync();
    }

    [Fact]
    public async Task A_posting_that_was_slow_while_its_invoice_was_given_away_debits_nobody()
    {
        await using var scene = await BillScene.StartAsync();
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "2000.00");
        var besa = await scene.Bank.OpenAccountAsync(BillScene.Besa, "2000.00");
        var payment = Unrecorded(scene, arta);
        var claims = scene.Bank.Get<InvoiceClaims>();
        var runs = 0;

        var slow = await scene.Bank.Get<PostJournal>().RunAsync(
            PaymentCourse.JournalOf(payment),
            async token =>
            {
                var taken = await claims.TakeAsync(payment, token);
                if (++runs == 1)
                {
                    scene.Bank.Clock.Advance(TimeSpan.FromMinutes(5));
                    Assert.Equal(PaymentState.Paid, (await scene.PayAsync(besa, "fast", BillScene.Besa)).Value!.State);
                }

                return taken.Then(_ => default(Nothing));
            },
            CancellationToken.None);

        Assert.Equal((new InvoiceAlreadyPaid(), 2), (slow.Error, runs));
        Assert.Equal("ALL 2000.00", (await scene.Bank.BalanceAsync(arta)).ToString());
        Assert.Equal(["000000001 confirmed"], await scene.Sandbox.BookedAsync("oshee"));
        await scene.Bank.ProveAsync();
    }

    private static async Task<Payment> ClaimAndDieAsync(BillScene scene, AccountId from)
    {
        var payment = Unrecorded(scene, from);
        Assert.True((await scene.Bank.Get<InvoiceClaims>().TakeAsync(payment, CancellationToken.None)).IsSuccess);
        return payment;
    }

    private static Payment Unrecorded(BillScene scene, AccountId from)
    {
        var order = BillScene.Order(from, "dead");
        return new Payment(
            PaymentId.Of(order.Customer, order.Key), order.Customer, order.Origin, order.Account, order.InvoiceNumber, "Test Test", order.Amount, order.Penalty,
            order.From, order.Total, null, null, scene.Bank.Now, PaymentState.Processing, null, false, null, []);
    }

    [Fact]
    public async Task The_same_key_for_another_order_is_refused()
    {
        await using var scene = await BillScene.StartAsync();
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "9000.00");
        await scene.PayAsync(arta, "one");

        var other = await scene.Bank.Get<PayInvoice>().RunAsync(BillScene.Order(arta, "one") with { RequestHash = "other" }, CancellationToken.None);

        Assert.Equal(new IdempotencyKeyReused(), other.Error);
    }

    [Fact]
    public async Task Somebody_elses_account_cannot_be_debited()
    {
        await using var scene = await BillScene.StartAsync();
        var besa = await scene.Bank.OpenAccountAsync(BillScene.Besa, "9000.00");

        Assert.Equal(new AccountNotFound(), (await scene.PayAsync(besa, "one")).Error);
    }

    [Fact]
    public async Task An_amount_changed_at_the_company_is_refused_before_anything_is_written()
    {
        await using var scene = await BillScene.StartAsync();
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "9000.00");
        await scene.Sandbox.ChangeAmountAsync("oshee", BillScene.Number, "1800.00");

        Assert.Equal(new InvoiceAmountChanged(BillScene.All("1707.40")), (await scene.PayAsync(arta, "one")).Error);
        Assert.StartsWith("invoice unclaimed", await scene.SeeAsync(arta), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_company_out_of_reach_is_told_before_anything_is_written()
    {
        await using var scene = await BillScene.StartAsync();
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "9000.00");
        await scene.Sandbox.TurnAsync("oshee", """{"errorRate":1}""");

        Assert.Equal(new CompanyUnavailable("oshee"), (await scene.PayAsync(arta, "one")).Error);
        Assert.StartsWith("invoice unclaimed", await scene.SeeAsync(arta), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("already_paid", typeof(InvoiceAlreadyPaid))]
    [InlineData("amount_changed", typeof(InvoiceAmountChanged))]
    [InlineData("withdrawn", typeof(InvoiceWithdrawn))]
    public async Task A_refusal_after_the_debit_gives_the_money_back_and_frees_the_invoice(string code, Type error)
    {
        await using var scene = await BillScene.StartAsync();
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "2000.00");
        await scene.Sandbox.TurnAsync("oshee", $$"""{"refuseWith":"{{code}}"}""");

        var refused = await scene.PayAsync(arta, "one");

        Assert.IsType(error, refused.Error);
        Assert.Equal(
            """
            invoice Failed
            balance ALL 2000.00
            company 000000001 refused
            open 0
            """,
            await scene.SeeAsync(arta));
        Assert.IsType(error, (await scene.PayAsync(arta, "one")).Error);

        await scene.Sandbox.MakeWellAsync("oshee");
        Assert.Equal(PaymentState.Paid, (await scene.PayAsync(arta, "two")).Value!.State);
    }

    [Theory]
    [InlineData("""{"pendingRate":1,"settleAfterMs":null}""", typeof(InvoiceBeingPaid))]
    [InlineData("""{"loseAnswerRate":1}""", typeof(InvoiceAlreadyPaid))]
    public async Task An_answer_that_does_not_come_leaves_a_pending_payment_that_asking_settles(string knobs, Type told)
    {
        await using var scene = await BillScene.StartAsync();
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "2000.00");
        var besa = await scene.Bank.OpenAccountAsync(BillScene.Besa, "2000.00");
        await scene.Sandbox.TurnAsync("oshee", knobs);

        var pending = await scene.PayAsync(arta, "one");

        Assert.Equal(PaymentState.Pending, pending.Value!.State);
        Assert.Equal(PaymentState.Pending, (await scene.PayAsync(arta, "one")).Value!.State);
        Assert.IsType(told, (await scene.PayAsync(besa, "two", BillScene.Besa)).Error);

        if (knobs.Contains("pending", StringComparison.Ordinal))
        {
            Assert.Equal(PaymentState.Pending, await scene.Bank.Get<AskForSettlement>().RunAsync(pending.Value.Id, CancellationToken.None));
            await scene.Sandbox.SettleAsync("oshee", pending.Value.Id.Value);
        }

        await scene.Sandbox.MakeWellAsync("oshee");
        Assert.Equal(PaymentState.Paid, await scene.Bank.Get<AskForSettlement>().RunAsync(pending.Value.Id, CancellationToken.None));
        Assert.Null(await scene.Bank.Get<AskForSettlement>().RunAsync(pending.Value.Id, CancellationToken.None));
        Assert.Equal(
            """
            invoice Paid
            balance ALL 292.60
            company 000000001 confirmed
            open 0
            """,
            await scene.SeeAsync(arta));
    }

    [Fact]
    public async Task A_payment_that_the_company_never_received_is_sent_again_and_one_it_refuses_in_the_end_is_given_back_and_told()
    {
        var listener = new Listener();
        var transport = new Cut();
        await using var scene = await BillScene.StartAsync(services =>
        {
            services.AddSingleton<IPaymentListener>(listener);
            services.Configure<PartnersOptions>(options => options.Transport = () => transport);
        });
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "2000.00");
        transport.FailPosts = true;
        var pending = (await scene.PayAsync(arta, "one")).Value!;
        Assert.Equal(PaymentState.Pending, pending.State);
        Assert.Empty(await scene.Sandbox.BookedAsync("oshee"));

        transport.FailPosts = false;
        await scene.Sandbox.TurnAsync("oshee", """{"refuseWith":"withdrawn"}""");
        Assert.Equal(PaymentState.Failed, await scene.Bank.Get<AskForSettlement>().RunAsync(pending.Id, CancellationToken.None));

        Assert.Equal([$"returned {pending.Id}"], listener.Heard);
        Assert.Equal(
            """
            invoice Failed
            balance ALL 2000.00
            company 000000001 refused
            open 0
            """,
            await scene.SeeAsync(arta));
    }

    [Fact]
    public async Task Silence_beyond_the_deadline_goes_to_staff_and_a_late_answer_still_settles()
    {
        await using var scene = await BillScene.StartAsync();
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "2000.00");
        var besa = await scene.Bank.OpenAccountAsync(BillScene.Besa, "2000.00");
        await scene.Sandbox.TurnAsync("oshee", """{"pendingRate":1,"settleAfterMs":null}""");
        var payment = (await scene.PayAsync(arta, "one")).Value!;

        Assert.Equal(PaymentState.Unresolved, await scene.Bank.Get<GiveUpSettlement>().RunAsync(payment.Id, CancellationToken.None));
        Assert.Equal(PaymentState.Unresolved, await scene.Bank.Get<GiveUpSettlement>().RunAsync(payment.Id, CancellationToken.None));
        Assert.Empty(await scene.Bank.Get<SweepPayments>().RunAsync(NodaTime.Instant.MaxValue, CancellationToken.None));
        Assert.IsType<InvoiceBeingPaid>((await scene.PayAsync(besa, "two", BillScene.Besa)).Error);

        var settle = scene.Bank.Get<SettlePayment>();
        Assert.Equal(new PaymentNotFound(), (await settle.RunAsync(new CompanyId("ukt"), payment.Id, new Settlement.Confirmed("R"), CancellationToken.None)).Error);
        Assert.Equal(PaymentState.Paid, (await settle.RunAsync(new CompanyId("oshee"), payment.Id, new Settlement.Confirmed("R"), CancellationToken.None)).Value);
        Assert.Equal(new PaymentNotFound(), (await settle.RunAsync(new CompanyId("oshee"), payment.Id, new Settlement.Confirmed("R"), CancellationToken.None)).Error);

        var found = await scene.Bank.Get<FindPayment>().RunAsync(CustomerId.Of(BillScene.Arta), payment.Id, CancellationToken.None);
        Assert.Equal("Processing Pending Unresolved Paid", string.Join(' ', found.Value!.Timeline.Select(step => step.State)));
    }

    [Fact]
    public async Task An_account_in_another_currency_is_debited_at_the_banks_rate_rounded_up()
    {
        await using var scene = await BillScene.StartAsync(services => services.Configure<Banking.Fx.ExchangeRatesOptions>(options =>
            options.Rates["EUR"] = new Banking.Fx.ExchangeRate { Buy = 97.20m, Sell = 98.90m }));
        var euro = await scene.Bank.OpenAccountAsync(BillScene.Arta, "100.00 EUR");

        var paid = (await scene.PayAsync(euro, "one")).Value!;

        // 1707.40 / 97.20 = 17.5658...
        Assert.Equal(("EUR 17.57", 97.20m), (paid.Debit.ToString(), paid.Rate));
        Assert.Equal("EUR 82.43", (await scene.Bank.BalanceAsync(euro)).ToString());
        await scene.Bank.ProveAsync();
    }

    [Fact]
    public async Task The_paid_are_heard_of_once_the_invoice_is_paid()
    {
        var listener = new Listener();
        await using var scene = await BillScene.StartAsync(services => services.AddSingleton<IPaymentListener>(listener));
        var arta = await scene.Bank.OpenAccountAsync(BillScene.Arta, "2000.00");

        var paid = (await scene.PayAsync(arta, "one")).Value!;

        Assert.Equal([$"paid {paid.Id}"], listener.Heard);
    }

    private static string WithoutPrefixAndKeys(string call) => Regex.Replace(call.Split('(')[0], " t[0-9a-f]{15}", " ");

    private sealed class Listener : IPaymentListener
    {
        public List<string> Heard { get; } = [];

        public Task PaidAsync(Payment payment, CancellationToken cancellation) => HearAsync($"paid {payment.Id}");

        public Task ReturnedAsync(Payment payment, CancellationToken cancellation) => HearAsync($"returned {payment.Id}");

        private Task HearAsync(string what)
        {
            Heard.Add(what);
            return Task.CompletedTask;
        }
    }

    /// <summary>A line that loses every POST on its way out.</summary>
    private sealed class Cut() : DelegatingHandler(new SocketsHttpHandler())
    {
        public bool FailPosts { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            FailPosts && request.Method == HttpMethod.Post ? throw new HttpRequestException("The line is cut.") : base.SendAsync(request, cancellationToken);
    }
}
