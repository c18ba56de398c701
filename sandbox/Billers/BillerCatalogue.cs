using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Billers;

/// <summary>The companies of the sandbox, in the order of the requirements' list.</summary>
internal sealed class BillerCatalogue
{
    public IReadOnlyList<Biller> All { get; } =
    [
        .. new[] { "oshee", "traffic-police", "albtelecom", "digitalb", "ukt", "customs", "income-tax", "social-insurance", "property-tax", "treasury" }.Select(id => new Biller(SeedData.Read<BillerSeed>($"{id}.json"))),
    ];

    public void Reset()
    {
        foreach (var biller in All)
        {
            biller.Reset();
        }
    }
}
