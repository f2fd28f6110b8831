"""Names of places by their GB/T 2260 code, as a reader would say them."""

from __future__ import annotations

from assistant.app.web.texts import Language

# The nation, every province-level unit, and the cities and districts that publish rules of their own on this subject.
_NAMES = """
CN 全国 National
110000 北京市 Beijing
120000 天津市 Tianjin
130000 河北省 Hebei
140000 山西省 Shanxi
150000 内蒙古自治区 Inner Mongolia
150600 鄂尔多斯市 Ordos
210000 辽宁省 Liaoning
210100 沈阳市 Shenyang
210200 大连市 Dalian
220000 吉林省 Jilin
230000 黑龙江省 Heilongjiang
231000 牡丹江市 Mudanjiang
310000 上海市 Shanghai
310115 上海市浦东新区 Pudong, Shanghai
320000 江苏省 Jiangsu
320100 南京市 Nanjing
320282 宜兴市 Yixing
320500 苏州市 Suzhou
320600 南通市 Nantong
330000 浙江省 Zhejiang
330100 杭州市 Hangzhou
330200 宁波市 Ningbo
330300 温州市 Wenzhou
330700 金华市 Jinhua
340000 安徽省 Anhui
340100 合肥市 Hefei
350000 福建省 Fujian
350200 厦门市 Xiamen
350500 泉州市 Quanzhou
350600 漳州市 Zhangzhou
360000 江西省 Jiangxi
370000 山东省 Shandong
370200 青岛市 Qingdao
370600 烟台市 Yantai
371300 临沂市 Linyi
410000 河南省 Henan
410100 郑州市 Zhengzhou
410600 鹤壁市 Hebi
420000 湖北省 Hubei
420100 武汉市 Wuhan
430000 湖南省 Hunan
430600 岳阳市 Yueyang
440000 广东省 Guangdong
440300 深圳市 Shenzhen
440305 深圳市南山区 Nanshan, Shenzhen
440402 珠海市香洲区 Xiangzhou, Zhuhai
445300 云浮市 Yunfu
450000 广西壮族自治区 Guangxi
460000 海南省 Hainan
500000 重庆市 Chongqing
510000 四川省 Sichuan
511400 眉山市 Meishan
511500 宜宾市 Yibin
520000 贵州省 Guizhou
530000 云南省 Yunnan
540000 西藏自治区 Tibet
610000 陕西省 Shaanxi
610100 西安市 Xi'an
620000 甘肃省 Gansu
630000 青海省 Qinghai
640000 宁夏回族自治区 Ningxia
650000 新疆维吾尔自治区 Xinjiang
710000 台湾省 Taiwan
810000 香港特别行政区 Hong Kong
820000 澳门特别行政区 Macao
"""
_TABLE = {code: (zh, en) for code, zh, en in (line.split(" ", 2) for line in _NAMES.strip().splitlines())}


def place_name(code: str, language: Language) -> str:
    """Return the name of a place; a code without a name of its own is told by its province: 浙江省 331000."""
    if code in _TABLE:
        return _TABLE[code][language == "en"]
    province = _TABLE.get(f"{code[:2]}0000")
    return f"{province[language == 'en']} {code}" if province else code


def provinces() -> tuple[str, ...]:
    """Return the codes of the nation and of every province-level unit, the nation first."""
    return ("CN", *(code for code in _TABLE if code.endswith("0000")))
