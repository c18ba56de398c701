using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Billers;

internal static class BillerEndpoints
{
    public static void AddBillers(this IServiceCollection services) => services.AddSingleton<BillerCatalogue>();

    public static void MapBillers(this IEndpointRouteBuilder app)
    {
        var parties = app.ServiceProvider.GetRequiredService<Parties>();
        foreach (var biller in app.ServiceProvider.GetRequiredService<BillerCatalogue>().All)
        {
            parties.Add(biller.Id, biller.Name, PartyKind.Biller, biller.Seed.WebhookSecret);
        }

        var address = app.MapParties("/billers", PartyKind.Biller);
        var contract = address.MapContract();
        contract.MapSubscribers();
        contract.MapInvoices();
        contract.MapPayments();
        address.MapBillerDesk();
    }

    /// <summary>The company of the address.</summary>
    public static Biller Biller(this HttpContext context) =>
        context.RequestServices.GetRequiredService<BillerCatalogue>().All.Single(biller => biller.Id == context.Party().Id);

    public static IResult UnknownSubscriber() => Answers.Refuse(404, "unknown_subscriber", "The company has no such client code.");

    public static IResult UnknownInvoice() => Answers.Refuse(404, "unknown_invoice", "The company has no such invoice for this client code.");

    public static IResult UnknownPayment() => Answers.Refuse(404, "unknown_payment", "The company has never received such a payment.");
}
