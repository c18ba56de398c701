using Serverless.Functions.Http;

namespace Serverless.Functions.Tests.Operating;

public sealed class PriorityTests
{
    private static readonly FunctionCatalogue Catalogue = new();

    [Fact]
    public void Lists_wait_first_and_what_changes_anything_does_not()
    {
        Assert.DoesNotContain(Catalogue.All, d => d.IsPaged && d.Access?.Right != Right.Staff && d.Priority != Priority.Read);
        Assert.DoesNotContain(Catalogue.All, d => d.Methods is not ["GET"] && d.Priority == Priority.Read);
        Assert.DoesNotContain(Catalogue.All, d => d.Access?.Right == Right.Staff && d.Priority != Priority.Vital);
        Assert.Equal(
            ["Health_Get", "Health_Live", "Health_Ready"],
            Catalogue.All.Where(d => d.Priority == Priority.Vital && d.Name.StartsWith("Health_", StringComparison.Ordinal)).Select(d => d.Name));
    }
}
