using Microsoft.Extensions.Options;
using Serverless.Banking.Bills;

namespace Serverless.Banking.Tests.Bills;

public sealed class CompanyCatalogueTests
{
    private readonly CompanyCatalogue companies = new(Options.Create(new BillsOptions()));

    /// <summary>Formats of docs/partners.md; smart-card lengths of PAY-47.</summary>
    [Theory]
    [InlineData("oshee", "TR0.A0000000000000", null)]
    [InlineData("oshee", "TR0.A000000000000", "client_code_format")]
    [InlineData("oshee", "TR0.A00000000000000", "client_code_format")]
    [InlineData("oshee", "TR0.A0000000000000\n", "client_code_format")]
    [InlineData("oshee", "tr0.A0000000000000", "client_code_format")]
    [InlineData("oshee", "TR0A00000000000000", "client_code_format")]
    [InlineData("oshee", "TR0.A000000000000٣", "client_code_format")]
    [InlineData("digitalb", "123456", null)]
    [InlineData("digitalb", "1234567890", null)]
    [InlineData("digitalb", "12345", "client_code_format")]
    [InlineData("digitalb", "12345678901", "smart_card_number")]
    [InlineData("digitalb", "12345678901234", "smart_card_number")]
    [InlineData("digitalb", "123456789012345", "client_code_format")]
    [InlineData("ukt", "10045678", null)]
    [InlineData("albtelecom", "422667788", null)]
    [InlineData("traffic-police", "AA123BB", null)]
    [InlineData("traffic-police", "AA 123 BB", "client_code_format")]
    [InlineData("none", "1", "company_unknown")]
    public void A_code_is_held_against_its_companys_format(string company, string code, string? expected) =>
        Assert.Equal(expected, companies.Check(company, code).Match<string?>(_ => null, error => error.Code));

    [Fact]
    public void A_company_that_is_switched_off_is_unknown()
    {
        var options = new BillsOptions();
        options.InactiveCompanies.Add("ukt");
        var without = new CompanyCatalogue(Options.Create(options));

        Assert.Equal(["oshee", "traffic-police", "albtelecom", "digitalb"], without.Mobile.Select(company => company.Id.Value));
        Assert.Equal(new CompanyUnknown("/company"), without.Check("ukt", "10045678").Error);
        Assert.Null(without.FindByGln("5300000000021"));
        Assert.Equal("UKT", without.Of(new CompanyId("ukt")).Name);
    }

    [Fact]
    public void Every_company_has_its_own_GLN_and_speaks_both_languages() =>
        Assert.All(companies.All, company =>
        {
            Assert.Same(company, companies.FindByGln(company.Gln));
            Assert.All(new[] { company.CodeLabel.Sq, company.CodeLabel.En, company.CodeHint.Sq, company.CodeHint.En }, text => Assert.NotEmpty(text));
        });
}
