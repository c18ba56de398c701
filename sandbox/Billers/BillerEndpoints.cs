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
            var party = parties.Add(biller.Id, biller.Name, PartyKind.Biller);
            var address = app.MapGroup($"/billers/{biller.Id}");
            var contract = address.MapContract(party);
            contract.MapSubscribers(biller);
            contract.MapInvoices(biller);
            contract.MapPayments(biller, party);
            address.MapBillerDesk(biller, party);
        }
    }

    public static IResult UnknownSubscriber() => Answers.Refuse(404, "unknown_subscriber", "The company has no such client code.");

    public static IResult UnknownInvoice() => Answers.Refuse(404, "unknown_invoice", "The company has no such invoice for this client code.");

    public static IResult UnknownPayment() => Answers.Refuse(404, "unknown_payment", "The company has never received such a payment.");
}
