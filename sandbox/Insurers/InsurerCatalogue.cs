namespace Serverless.Sandbox.Insurers;

/// <summary>The insurers of the sandbox. They differ in price, and in how long an offer is good: two do not say.</summary>
internal sealed class InsurerCatalogue
{
    public IReadOnlyList<Insurer> All { get; } =
    [
        new("adriatik", "Adriatik Sigurime", 1.00m, null, "whsec_c2FuZGJveCBvbmx5LCBhZHJpYXRpay4uLi4uLg=="),
        new("iliria", "Iliria Siguracion", 1.10m, null, "whsec_c2FuZGJveCBvbmx5LCBpbGlyaWEuLi4uLi4uLg=="),
        new("shqiponja", "Shqiponja Sigurime", 0.95m, TimeSpan.FromMinutes(4), "whsec_c2FuZGJveCBvbmx5LCBzaHFpcG9uamEuLi4uLg=="),
    ];

    public void Reset()
    {
        foreach (var insurer in All)
            insurer.Reset();
    }
}
