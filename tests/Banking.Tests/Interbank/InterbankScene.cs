using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.Fx;
using Serverless.Banking.Interbank;
using Serverless.Banking.Iso20022;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Banking.Transfers;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Interbank;

/// <summary>A customer who sends 500.00 ALL of her 2000.00 to another bank, and a network that takes every message once.</summary>
internal sealed class InterbankScene
{

    public static readonly CustomerId Arta = CustomerId.Of("100000001");
    public static readonly OrderingDevice Phone = new(IsTrusted: true, "mobile");

    public StubNetwork Network { get; } = new();

    public AccountId From { get; private set; }

    public string Quote { get; private set; } = "";

    public TransferId Id { get; private set; }

    public static async Task<InterbankScene> ArrangeAsync(TestBank bank, string beneficiary = "Besa")
    {
        var scene = new InterbankScene { From = await bank.OpenAccountAsync(Arta.Value, "2000.00") };
        await scene.QuoteAsync(bank, beneficiary);
        return scene;
    }

    /// <summary>Prepares it, again perhaps; each quote is confirmed under a key of its own.</summary>
    public async Task QuoteAsync(TestBank bank, string beneficiary = "Besa")
    {
        var quote = await bank.Get<QuoteInterbankTransfer>().RunAsync(
            TransferKind.National,
            new InterbankTransferRequest(
                Arta, "Arta Hoxha", From,
                new InterbankPayeeChoice.ByIban(beneficiary, "Sanksioni", "AL47212110090000000235698741", new PayeeAddress(null, "Tirana", null, "AL")),
                Money.OfMinor(50_000, Currency.All), "Qira", FeeBearer.Shared, null, Phone),
            CancellationToken.None);
        Quote = quote.Value!.Text;
        Id = TransferId.OfQuote(Arta, bank.Get<SealedQuotes>().OpenEvenExpired<InterbankTerms>(Arta, TransferKind.National.Code(), Quote).Value!.Id);
    }

    public static async Task<InterbankScene> SentAsync(TestBank bank)
    {
        var scene = await ArrangeAsync(bank);
        Assert.True((await scene.ConfirmAsync(bank)).IsSuccess);
        await scene.GoOnAsync(bank);
        return scene;
    }

    public static async Task<InterbankScene> SettledAsync(TestBank bank)
    {
        var scene = await SentAsync(bank);
        await scene.HearAsync(bank, scene.Status("ACSC"));
        return scene;
    }

    public static Action<IServiceCollection> Services { get; } = services =>
    {
        services.AddInterbank().AddNotifications();
        WorkMessages.AddTo(services);
        services.Configure<QuotesOptions>(options => (options.Key, options.Lifetime) = (Convert.ToBase64String(new byte[32]), TimeSpan.FromHours(1)));
        services.Configure<PartnersOptions>(options =>
        {
            options.Interbank.BaseUrl = new Uri("http://network.test/");
            options.Interbank.Retries = 0;
            options.Transport = () => new StubNetwork();
        });
        services.Configure<TransfersOptions>(options => options.Fees["national"] = new FeeRule { Flat = { ["ALL"] = 100 } });
        services.Configure<ExchangeRatesOptions>(options => options.Rates["EUR"] = new ExchangeRate { Buy = 97.2m, Sell = 98.9m });
    };

    public Task<Result<InterbankOrder>> ConfirmAsync(TestBank bank) => bank.Get<SendInterbankTransfer>().RunAsync(
        new TransferConfirmation(TransferKind.National, Arta, IdempotencyKey.Of(Id.Value.ToString("N")), Quote, Quote, Phone), CancellationToken.None);

    /// <summary>What the workflow's first steps do.</summary>
    public async Task GoOnAsync(TestBank bank)
    {
        await bank.Get<BeginInterbankOrder>().RunAsync(Id, CancellationToken.None);
        await bank.Get<SendInterbankOrder>().RunAsync(Id, CancellationToken.None);
    }

    /// <summary>What the sweeper's workflow does for whatever is open after a while.</summary>
    public static async Task HealAsync(TestBank bank)
    {
        bank.Clock.Advance(TimeSpan.FromMinutes(6));
        foreach (var open in await bank.Get<ListOpenOrders>().RunAsync(CancellationToken.None))
        {
            await bank.Get<BeginInterbankOrder>().RunAsync(open, CancellationToken.None);
            await bank.Get<SendInterbankOrder>().RunAsync(open, CancellationToken.None);
        }

        await bank.Get<ReturnIncoming>().RunAsync(CancellationToken.None);
    }

    public async Task<Result<IReadOnlyList<TransferId>>> HearAsync(TestBank bank, string xml)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["data"] = new JsonObject { ["message"] = xml } }.ToJsonString());
        return await bank.Get<HandleInterbankWebhook>().RunAsync(PartnerMessage.Of("interbank", "m1", body), CancellationToken.None);
    }

    public string Status(string code) => MessageXml.Write(new StatusReportMessage(
        new GroupHeader("S1", Instant.FromUtc(2026, 3, 2, 10, 0), null, null),
        [new PaymentStatus(Original, code == "ACSC" ? PaymentStatusCode.Settled : PaymentStatusCode.Rejected, [])]));

    public string Return(string id = "R1", long minor = 50_000) => MessageXml.Write(new PaymentReturnMessage(
        new GroupHeader(id, Instant.FromUtc(2026, 3, 2, 10, 0), null, null),
        [new ReturnedPayment(id, Original, null, Money.OfMinor(minor, Currency.All), null, [new StatusReason("AC04")])]));

    private OriginalPayment Original => new(Id.Value.ToString("N"), CreditTransferMessage.Name, null, null, Id.Value.ToString("N"));

    /// <summary>Booked, reserved, and the customer's and the order's state: <c>200000 60000 Sent Sent</c>.</summary>
    public async Task<string> SeeAsync(TestBank bank)
    {
        var book = (await bank.Get<ReadBook>().RunAsync(From, CancellationToken.None))!;
        var shown = (await bank.Get<TransferTable>().FindAsync(Arta, Id, CancellationToken.None))?.Transfer.State.ToString() ?? "none";
        var order = (await bank.Get<InterbankOrders>().FindAsync(Id, CancellationToken.None))?.Order.State.ToString() ?? "none";
        return $"{book.Balance.Minor} {book.Held.Minor} {shown} {order}";
    }

    public static async Task<int> OpenAsync(TestBank bank)
    {
        bank.Clock.Advance(TimeSpan.FromMinutes(6));
        return (await bank.Get<ListOpenOrders>().RunAsync(CancellationToken.None)).Count;
    }
}

/// <summary>Takes messages, and knows nothing of any when asked: the bank may have to send again, and does so under the same id.</summary>
internal sealed class StubNetwork : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
            return new HttpResponseMessage(HttpStatusCode.NotFound);
        var xml = XDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        Assert.NotNull(xml.Root);
        return new HttpResponseMessage(HttpStatusCode.Accepted);
    }
}
