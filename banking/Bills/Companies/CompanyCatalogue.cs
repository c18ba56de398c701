using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Bills;

/// <summary>The companies whose bills can be registered and paid (BILL-01).</summary>
/// <remarks>They are data: <c>companies.json</c>, with the formats' smart-card lengths and each company's state open to settings.</remarks>
public sealed class CompanyCatalogue
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private readonly Dictionary<CompanyId, Company> byId;

    public CompanyCatalogue(IOptions<BillsOptions> options)
    {
        using var stream = typeof(CompanyCatalogue).Assembly.GetManifestResourceStream("Serverless.Banking.Bills.Companies.companies.json")!;
        All = [.. JsonSerializer.Deserialize<CompanyData[]>(stream, Json)!.Select(data => data.ToCompany(options.Value))];
        byId = All.ToDictionary(company => company.Id);
    }

    /// <summary>Every company, inactive ones too, in the order in which they are shown.</summary>
    public IReadOnlyList<Company> All { get; }

    /// <summary>Those that can be registered and paid, in the order in which they are shown.</summary>
    public IEnumerable<Company> Active => All.Where(company => company.IsActive);

    /// <summary>Those that the mobile bank offers.</summary>
    public IEnumerable<Company> Mobile => Active.Where(company => !company.IsEKlikOnly);

    /// <summary>Null when unknown or inactive.</summary>
    public Company? FindActive(string? id) => id is not null && byId.TryGetValue(new CompanyId(id), out var company) && company.IsActive ? company : null;

    /// <summary>For ids that the bank itself stored: the company may have become inactive since.</summary>
    /// <exception cref="KeyNotFoundException">The id was never in the catalogue.</exception>
    public Company Of(CompanyId id) => byId[id];

    /// <summary>Reads what a customer typed into an account at a company, case-exact.</summary>
    /// <param name="companyField">Name of the input, for the fault.</param>
    /// <param name="codeField">Name of the input, for the fault.</param>
    /// <returns>Or: <see cref="CompanyUnknown"/>, <see cref="SmartCardNumber"/>, <see cref="ClientCodeMalformed"/>.</returns>
    public Result<ClientAccount> Check(string company, string clientCode, string companyField = "/company", string codeField = "/clientCode") =>
        FindActive(company) is not { } found ? new CompanyUnknown(companyField)
        : found.CodeFormat.Check(clientCode, codeField) is { } fault ? fault
        : new ClientAccount(found.Id, clientCode);

    /// <summary>Null when no active company has this GLN, or it does not print codes.</summary>
    public Company? FindByGln(string gln) => Active.FirstOrDefault(company => company.Gln == gln && company.AcceptsQr);

    private sealed record CompanyData(
        string Id,
        string Name,
        LocalText CodeLabel,
        LocalText CodeHint,
        string CodeFormat,
        string? SmartCardFormat,
        string Gln,
        bool AcceptsQr,
        bool AcceptsAuthorisation,
        BillCategory Category,
        bool IsEKlikOnly = false)
    {
        public Company ToCompany(BillsOptions options) => new(
            new CompanyId(Id), Name, CodeLabel, CodeHint, new ClientCodeFormat(CodeFormat, SmartCardFormat), Gln, AcceptsQr, AcceptsAuthorisation,
            Category, IsEKlikOnly, IsActive: !options.InactiveCompanies.Contains(Id));
    }
}
