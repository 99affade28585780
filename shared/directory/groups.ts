/**
 * The groups in whose names states commonly speak, as far as their membership is known from their own
 * declarations. Members that are neither members nor observers of the United Nations (Cook Islands, Niue …) are
 * not in this directory.
 *
 * The members of a group are codes separated by spaces, with dates where these are known and matter:
 * `HRV(2013-07-01..)` has been a member since that day, `GBR(1973-01-01..2020-01-31)` was one until the end of
 * that day. Without dates: from the beginning, or unknown.
 */
export interface GroupData {
  readonly name: string
  readonly members: string
}

/** The members of AOSIS, which are also the small island developing states. */
const ISLANDS =
  'ATG BHS BRB BLZ CPV COM CUB DMA DOM FJI GRD GNB GUY HTI JAM KIR MDV MHL MUS FSM NRU PLW PNG KNA LCA VCT WSM STP ' +
  'SYC SGP SLB SUR TLS TON TTO TUV VUT'

const AFRICA =
  'DZA AGO BEN BWA BFA BDI CPV CMR CAF TCD COM COG CIV COD DJI EGY GNQ ERI SWZ ETH GAB GMB GHA GIN GNB KEN LSO LBR ' +
  'LBY MDG MWI MLI MRT MUS MAR MOZ NAM NER NGA RWA STP SEN SYC SLE SOM ZAF SSD(2011-07-14..) SDN TGO TUN UGA TZA ' +
  'ZMB ZWE'

const LATIN_AMERICA_AND_CARIBBEAN =
  'ATG ARG BHS BRB BLZ BOL BRA CHL COL CRI CUB DMA DOM ECU SLV GRD GTM GUY HTI HND JAM MEX NIC PAN PRY PER KNA LCA ' +
  'VCT SUR TTO URY VEN'

export const GROUPS: Readonly<Record<string, GroupData>> = {
  G77: {
    name: 'Group of 77 and China',
    members:
      'AFG DZA AGO ATG ARG AZE BHS BHR BGD BRB BLZ BEN BTN BOL BWA BRA BRN BFA BDI CPV KHM CMR CAF TCD CHL CHN COL ' +
      'COM COG CRI CIV CUB PRK COD DJI DMA DOM ECU EGY SLV GNQ ERI SWZ ETH FJI GAB GMB GHA GRD GTM GIN GNB GUY HTI ' +
      'HND IND IDN IRN IRQ JAM JOR KEN KIR KWT LAO LBN LSO LBR LBY MDG MWI MYS MDV MLI MHL MRT MUS FSM MNG MAR MOZ ' +
      'MMR NAM NRU NPL NIC NER NGA OMN PAK PAN PNG PRY PER PHL QAT RWA KNA LCA VCT WSM STP SAU SEN SYC SLE SGP SLB ' +
      'SOM ZAF SSD LKA PSE SDN SUR SYR TJK THA TLS TGO TON TTO TUN TKM UGA ARE TZA URY VUT VEN VNM YEM ZMB ZWE',
  },
  EU: {
    name: 'European Union',
    members:
      'AUT(1995-01-01..) BEL BGR(2007-01-01..) HRV(2013-07-01..) CYP(2004-05-01..) CZE(2004-05-01..) ' +
      'DNK(1973-01-01..) EST(2004-05-01..) FIN(1995-01-01..) FRA DEU GRC(1981-01-01..) HUN(2004-05-01..) ' +
      'IRL(1973-01-01..) ITA LVA(2004-05-01..) LTU(2004-05-01..) LUX MLT(2004-05-01..) NLD POL(2004-05-01..) ' +
      'PRT(1986-01-01..) ROU(2007-01-01..) SVK(2004-05-01..) SVN(2004-05-01..) ESP(1986-01-01..) ' +
      'SWE(1995-01-01..) GBR(1973-01-01..2020-01-31)',
  },
  AOSIS: { name: 'Alliance of Small Island States', members: ISLANDS },
  PSIDS: {
    name: 'Pacific Small Island Developing States',
    members: 'FJI KIR MHL FSM NRU PLW PNG WSM SLB TON TUV VUT',
  },
  LDCs: {
    name: 'Least Developed Countries',
    members:
      'AFG AGO BGD BEN BTN(..2023-12-13) BWA(..1994-12-19) BFA BDI CPV(..2007-12-20) KHM CAF TCD COM COD DJI ' +
      'GNQ(..2017-06-04) ERI ETH GMB GIN GNB HTI KIR LAO LSO LBR MDG MWI MDV(..2011-01-01) MLI MRT MOZ MMR NPL NER ' +
      'RWA WSM(..2014-01-01) STP(..2024-12-13) SEN SLE SLB SOM SSD(2012-12-18..) SDN TLS(2003-12-04..) TGO TUV UGA ' +
      'TZA VUT(..2020-12-04) YEM ZMB',
  },
  LLDCs: {
    name: 'Landlocked Developing Countries',
    members:
      'AFG ARM AZE BTN BOL BWA BFA BDI CAF TCD SWZ ETH KAZ KGZ LAO LSO MWI MLI MNG NPL NER MKD PRY MDA RWA SSD TJK ' +
      'TKM UGA UZB ZMB ZWE',
  },
  // In April 2023 Bahrain asked not to be listed any more.
  SIDS: { name: 'Small Island Developing States', members: `${ISLANDS} BHR(..2023-04-30)` },
  'African Group': { name: 'African Group', members: AFRICA },
  'Arab Group': {
    name: 'Arab Group',
    members: 'DZA BHR COM DJI EGY IRQ JOR KWT LBN LBY MRT MAR OMN PSE QAT SAU SOM SDN SYR TUN ARE YEM',
  },
  'Asia-Pacific Group': {
    name: 'Asia-Pacific Group',
    members:
      'AFG BHR BGD BTN BRN KHM CHN CYP PRK FJI IND IDN IRN IRQ JPN JOR KAZ KIR KWT KGZ LAO LBN MYS MDV MHL FSM MNG ' +
      'MMR NRU NPL OMN PAK PLW PNG PHL QAT KOR WSM SAU SGP SLB LKA SYR TJK THA TLS TON TKM TUV ARE UZB VUT VNM YEM',
  },
  EEG: {
    name: 'Eastern European Group',
    members: 'ALB ARM AZE BLR BIH BGR HRV CZE EST GEO HUN LVA LTU MNE MKD POL MDA ROU RUS SRB SVK SVN UKR',
  },
  GRULAC: { name: 'Latin American and Caribbean Group', members: LATIN_AMERICA_AND_CARIBBEAN },
  WEOG: {
    name: 'Western European and Others Group',
    members:
      'AND AUS AUT BEL CAN DNK FIN FRA DEU GRC ISL IRL ISR ITA LIE LUX MLT MCO NLD NZL NOR PRT SMR ESP SWE CHE TUR ' +
      'GBR',
  },
  CANZ: { name: 'Canada, Australia and New Zealand', members: 'CAN AUS NZL' },
  ASEAN: {
    name: 'Association of Southeast Asian Nations',
    members:
      'BRN(1984-01-07..) KHM(1999-04-30..) IDN LAO(1997-07-23..) MYS MMR(1997-07-23..) PHL SGP THA ' +
      'TLS(2025-10-26..) VNM(1995-07-28..)',
  },
  CARICOM: {
    name: 'Caribbean Community',
    members:
      'ATG BHS(1983-07-04..) BRB BLZ DMA GRD GUY HTI(2002-07-02..) JAM KNA LCA VCT SUR(1995-07-04..) TTO',
  },
  CELAC: {
    name: 'Community of Latin American and Caribbean States',
    members: LATIN_AMERICA_AND_CARIBBEAN,
  },
  AILAC: {
    name: 'Independent Association of Latin America and the Caribbean',
    members: 'CHL COL CRI GTM HND PAN PRY PER',
  },
  EIG: { name: 'Environmental Integrity Group', members: 'GEO LIE MEX MCO KOR CHE' },
  GCC: { name: 'Gulf Cooperation Council', members: 'BHR KWT OMN QAT SAU ARE' },
  'Nordic countries': { name: 'Nordic countries', members: 'DNK FIN ISL NOR SWE' },
  // Not called by its initials, because these are Namibia's code.
  'Non-Aligned Movement': {
    name: 'Non-Aligned Movement',
    members:
      'AFG DZA AGO ATG AZE BHS BHR BGD BRB BLR BLZ BEN BTN BOL BWA BRN BFA BDI KHM CMR CPV CAF TCD CHL COL COM COG ' +
      'CIV CUB PRK COD DJI DMA DOM ECU EGY GNQ ERI SWZ ETH FJI GAB GMB GHA GRD GTM GIN GNB GUY HTI HND IND IDN IRN ' +
      'IRQ JAM JOR KEN KWT LAO LBN LSO LBR LBY MDG MWI MYS MDV MLI MRT MUS MNG MAR MOZ MMR NAM NPL NIC NER NGA OMN ' +
      'PAK PSE PAN PNG PER PHL QAT RWA KNA LCA VCT STP SAU SEN SYC SLE SGP SOM ZAF SSD LKA SDN SUR SYR TZA THA TLS ' +
      'TGO TTO TUN TKM UGA ARE UZB VUT VEN VNM YEM ZMB ZWE',
  },
  OIC: {
    name: 'Organisation of Islamic Cooperation',
    members:
      'AFG ALB DZA AZE BHR BGD BEN BRN BFA CMR TCD COM CIV DJI EGY GAB GMB GIN GNB GUY IDN IRN IRQ JOR KAZ KWT KGZ ' +
      'LBN LBY MYS MDV MLI MRT MAR MOZ NER NGA OMN PAK PSE QAT SAU SEN SLE SOM SDN SUR SYR TJK TGO TUN TUR TKM UGA ' +
      'ARE UZB YEM',
  },
  PIF: {
    name: 'Pacific Islands Forum',
    members: 'AUS FSM FJI KIR NRU NZL PLW PNG MHL WSM SLB TON TUV VUT',
  },
}
